import { Writable } from 'node:stream'
import type { CliOptions, Vitest } from 'vitest/node'
import { type PerfHost, type Settled, hostPlugin } from '../main/host.ts'
import { PerfError } from '../model/error.ts'
import { loadVitest } from './load-vitest.ts'
import { captureProcessState, setVitestEnvironment } from './process-state.ts'
import { type OnProgress, ProgressReporter } from './progress.ts'

export interface VitestRun {
  readonly root: string
  /** Parts of the paths of bench files; none is all. */
  readonly files: readonly string[]
  readonly host: Omit<PerfHost, 'settled' | 'reporters'>
  readonly vitest: CliOptions
  /** Vitest and its workers print nothing. */
  readonly quiet: boolean
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnProgress | undefined
}

let last: Promise<unknown> = Promise.resolve()

/** One run after the other, whoever asks: two at once would measure each other. */
export function runVitest(run: VitestRun): Promise<Settled> {
  const next = last.then(() => runNow(run))
  last = next.catch(() => undefined)
  return next
}

/**
 * Runs the benchmarks of a project in this process, as `vitest bench` does, and leaves nothing behind: environment, exit code and
 * listeners are as before.
 */
async function runNow(run: VitestRun): Promise<Settled> {
  run.signal?.throwIfAborted()
  const state = captureProcessState()
  try {
    setVitestEnvironment()
    return await runInside(run)
  } finally {
    state.restore()
  }
}

async function runInside({ root, files, host, vitest: options, quiet, signal, onProgress }: VitestRun): Promise<Settled> {
  const { createVitest } = await loadVitest(root)
  let settled: Settled | undefined
  let running: Vitest | undefined
  const abort = (): void => void running?.cancelCurrentRun('keyboard-input')
  // Vitest forgets what is cancelled before its workers run, so an early abort is told to it again.
  const progress = new ProgressReporter(onProgress, () => signal?.aborted && abort())
  const plugin = hostPlugin({ ...host, reporters: [progress], settled: (how) => (settled = how) })
  const cli: CliOptions = { watch: false, run: true, ...benchOnly, coverage: { enabled: false }, root, ...options }
  const silent = { stdout: silence(), stderr: silence() }
  const vitest = await createVitest(quiet ? { reporters: [], ...cli } : cli, { plugins: [plugin] }, quiet ? silent : {})
  running = vitest
  try {
    signal?.addEventListener('abort', abort, { once: true })
    await vitest.start([...files]).catch(ignoreNoFiles)
  } finally {
    signal?.removeEventListener('abort', abort)
    await vitest.close()
  }
  progress.throwIfTellingFailed()
  if (settled) return settled
  throw nothingSettled(vitest, root)
}

/** Vitest's word for it; ours, with what to do about it, follows. */
function ignoreNoFiles(error: unknown): void {
  if ((error as { code?: unknown }).code !== 'VITEST_FILES_NOT_FOUND') throw error
}

function nothingSettled(vitest: Vitest, root: string): PerfError {
  const plugins = vitest.projects.flatMap((project) => project.vite.config.plugins)
  if (!plugins.some(({ name }) => name === 'vitest:perf'))
    return new PerfError('PLUGIN_MISSING', `vitest-perf is not in the plugins of ${root}.`)
  return new PerfError('NO_BENCHES', `No benchmark ran in ${root}.`)
}

/** What the command `vitest bench` sets; the types of Vitest's Node API do not name it. */
const benchOnly = { benchmarkOnly: true }

const silence = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })
