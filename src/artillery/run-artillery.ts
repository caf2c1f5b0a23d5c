import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PerfError } from '../model/error.ts'
import { finding, type Finding } from '../model/finding.ts'
import type { ReportedLoad } from '../model/measured.ts'
import { mask, withoutSecretLines } from '../model/secrets.ts'
import type { ArtilleryLoad } from './artillery-load.ts'
import { commandLine, dotenvText } from './command-line.ts'
import { findArtillery } from './installation.ts'
import { readReport } from './read-report.ts'
import { artilleryScript } from './script.ts'

export interface ArtilleryPorts {
  /** Folder that Artillery is looked for in. */
  readonly root: string
  readonly signal: AbortSignal
  readonly onProcess: (pid: number) => void
}

/** Artillery ends with its parent: an orphan would go on loading. Its worker threads have no channel. */
const endsWithParent = "process.channel?.unref();process.once('disconnect',()=>process.kill(process.pid,'SIGINT'));process.channel?.unref()"
const keptLines = 20
/** Of an interrupted run, to take its cloud workers down. */
const patienceMs = { local: 3_000, fargate: 120_000, lambda: 120_000, aci: 120_000 } as const

/**
 * Has Artillery send a load and report it. Script and report are in a folder that only this user can read and that is removed afterwards.
 *
 * @throws PerfError OPTION_INVALID, ARTILLERY_MISSING, ARTILLERY_FAILED
 */
export async function runArtillery(
  load: ArtilleryLoad,
  ports: ArtilleryPorts,
): Promise<{ measurement: ReportedLoad; findings: readonly Finding[] }> {
  const { script, environment } = artilleryScript(load)
  const { platform, workers, installation } = load.distributed
  const { program, version } = findArtillery(ports.root, installation)
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-artillery-'))
  try {
    const files = { script: join(folder, 'load.json'), report: join(folder, 'report.json') }
    await writeFile(files.script, JSON.stringify(script), { mode: 0o600 })
    const remote = platform !== 'local' && Object.keys(environment).length > 0
    const dotenv = join(folder, 'workers.env')
    if (remote) await writeFile(dotenv, dotenvText(environment), { mode: 0o600 })
    const words = commandLine(load.distributed, remote ? { ...files, dotenv } : files)
    const output = await ended(program, words, remote ? {} : environment, patienceMs[platform], ports)
    const clean = (): string[] => output.map((line) => withoutValues(line, Object.values(environment)))
    const text = await readFile(files.report, 'utf8').catch((cause: unknown) => failed(load, 'wrote no report', clean(), cause))
    try {
      const measurement = readReport(text, load, version)
      return { measurement, findings: [finding('reported_by_artillery', { version, platform, workers })] }
    } catch (cause) {
      return failed(load, 'wrote a report that cannot be read', clean(), cause)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The last lines of its output, once it has ended. */
async function ended(
  program: string,
  words: readonly string[],
  secrets: Readonly<Record<string, string>>,
  patience: number,
  { signal, onProcess }: ArtilleryPorts,
): Promise<string[]> {
  signal.throwIfAborted()
  const child = fork(program, words, {
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(endsWithParent)}`],
    env: { ARTILLERY_DISABLE_TELEMETRY: 'true', ...process.env, ...secrets },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const lines: string[] = []
  const keep = (chunk: Buffer): void => {
    lines.push(
      ...chunk
        .toString()
        .split('\n')
        .filter((line) => line.trim() !== ''),
    )
    lines.splice(0, lines.length - keptLines)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  let last: NodeJS.Timeout | undefined
  const stop = (): void => {
    child.kill('SIGINT')
    last = setTimeout(() => child.kill('SIGKILL'), patience)
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (child.pid !== undefined) onProcess(child.pid)
    await once(child, 'close')
  } finally {
    clearTimeout(last)
    signal.removeEventListener('abort', stop)
  }
  signal.throwIfAborted()
  return lines
}

function failed({ name }: ArtilleryLoad, what: string, output: readonly string[], cause: unknown): never {
  throw new PerfError('ARTILLERY_FAILED', `Artillery ${what} of "${name}".`, { cause, output })
}

function withoutValues(line: string, values: readonly string[]): string {
  return withoutSecretLines(values.reduce((text, value) => text.replaceAll(value, mask), line))
}
