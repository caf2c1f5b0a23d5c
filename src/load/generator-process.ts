import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ownProcessEnvironment } from '../model/own-process.ts'
import { PerfError } from '../model/error.ts'
import type { LoadResult } from './conduct.ts'
import type { LoadJob } from './job.ts'
import type { FromGenerator, ToGenerator } from './messages.ts'
import type { CheckQuestion } from './relayed-check.ts'
import type { RequestOrder } from './relayed-source.ts'
import type { RequestSpec } from '../model/spec.ts'

/** What the generator cannot do itself, and what it tells on its way. */
export interface GeneratorHost {
  /** The reason of a refusal; null where the answer is good. */
  check(question: CheckQuestion): string | null
  requests(order: RequestOrder): readonly RequestSpec[]
  onGenerator(pid: number): void
  onPhase(name: string): void
  onProgress(progress: { readonly elapsed_ms: number; readonly requests: number }): void
}

const entry = fileURLToPath(new URL(`./generator.${import.meta.filename.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url))
const keptOutput = 20
/** Keeps the young generation, and with it the process, small under a load of short-lived objects. */
const execArgv = ['--max-old-space-size=160', '--max-semi-space-size=8']

/**
 * Runs a load in a process of its own. The process ends when its answer is in, and when this process ends for any reason, since that closes
 * the channel between them.
 *
 * @throws PerfError LOAD_FAILED where it ends before its result
 */
export async function runGenerator(job: LoadJob, host: GeneratorHost, signal: AbortSignal | undefined): Promise<LoadResult> {
  const child = fork(entry, [], {
    execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: ownProcessEnvironment(),
  })
  const output = lastLines(child)
  const tell = (message: ToGenerator): void => {
    if (child.connected) child.send(message, () => {})
  }
  const stop = (): void => tell({ type: 'stop', reason: stopReason(signal) })
  signal?.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<LoadResult>((resolve, reject) => {
      const fail = (what: string, cause?: unknown): void => {
        reject(new PerfError('LOAD_FAILED', `The load of "${job.name}" failed: ${what}`, { cause, output: output() }))
      }
      child.once('error', (cause) => fail(cause.message, cause))
      child.once('exit', (code, killed) => fail(`the generator ended with ${killed ?? `code ${code}`} before its result.`))
      child.on('message', (message: FromGenerator) => {
        try {
          answer(message)
        } catch (cause) {
          reject(cause instanceof Error ? cause : new Error(String(cause)))
        }
      })
      const answer = (message: FromGenerator): void => {
        switch (message.type) {
          case 'ready':
            host.onGenerator(child.pid ?? 0)
            tell({ type: 'start', job })
            if (signal?.aborted) stop()
            break
          case 'phase':
            host.onPhase(message.name)
            break
          case 'progress':
            host.onProgress({ elapsed_ms: message.elapsed_ms, requests: message.requests })
            break
          case 'check':
            tell({ type: 'verdict', key: message.question.key, refusal: host.check(message.question) })
            break
          case 'order':
            tell({ type: 'requests', user: message.order.user, specs: host.requests(message.order) })
            break
          case 'done':
            resolve(message.result)
            break
          case 'failed':
            if (message.code === undefined) fail(message.message)
            else reject(new PerfError(message.code, message.message))
            break
        }
      }
    })
  } finally {
    signal?.removeEventListener('abort', stop)
    await end(child)
  }
}

/** Why a load was stopped, as a short phrase. */
export function stopReason(signal: AbortSignal | undefined): string {
  const reason: unknown = signal?.reason
  if (reason instanceof Error) return reason.message
  return typeof reason === 'string' ? reason : 'stopped'
}

function lastLines(child: ChildProcess): () => readonly string[] {
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      lines.push(...chunk.toString().split('\n').filter(Boolean))
      lines.splice(0, Math.max(0, lines.length - keptOutput))
    })
  }
  return () => lines
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  if (child.connected) child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), 2000)
  await exited
  clearTimeout(timer)
}
