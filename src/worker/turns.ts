import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { TestContext } from 'vitest'
import { PerfError } from '../model/error.ts'
import type { Milliseconds } from '../model/units.ts'
import type { TurnsAddress } from '../model/worker-config.ts'
import { announceCase } from '../record/send.ts'
import { againstProcess } from './against-process.ts'

/** The blocks of one case on this side; `block` runs its function when the other side is still. */
export interface Turns {
  readonly block: <Result>(run: () => Promise<Result>) => Promise<Result>
  /** Ends what runs in a block: Vitest's own, or the end of the time that a turn has. */
  readonly signal: AbortSignal
}

export interface TurnOptions {
  readonly blocks: number
  /** The timeout of the case. */
  readonly timeoutMs: Milliseconds
  readonly signal: AbortSignal
}

/**
 * How long Vitest waits for a case. Where sides take turns the other one may have to be given up first, which takes as long as its own timeout: the
 * waiting must not count.
 */
export function patienceFor(timeoutMs: Milliseconds): Milliseconds {
  return againstProcess()?.turns ? 3 * timeoutMs + 30_000 : timeoutMs
}

let line: Promise<Line> | undefined

/** Asks for the turns of one case. Where no other side runs at the same time, each block starts at once. */
export async function turnsOf(task: TestContext['task'], { blocks, timeoutMs, signal }: TurnOptions): Promise<Turns> {
  const address = againstProcess()?.turns
  if (!address) return { block: (run) => run(), signal }
  line ??= open(address)
  const { say, heard } = await line
  const overdue = new AbortController()
  // By its name, which is the same on both sides; its place need not be.
  say({ arrive: task.fullTestName, blocks, later: namesAfter(task) })
  return {
    signal: AbortSignal.any([signal, overdue.signal]),
    async block(run) {
      await heard()
      await announceCase(task, timeoutMs)
      const late = new PerfError('CASE_TIMEOUT', `"${task.name}" did not come back within ${timeoutMs} ms.`)
      const timer = setTimeout(() => overdue.abort(late), timeoutMs)
      let failed = true
      try {
        const result = await Promise.race([run(), aborted(overdue.signal)])
        failed = false
        return result
      } finally {
        clearTimeout(timer)
        await announceCase(task, patienceFor(timeoutMs))
        say({ done: task.id, failed })
      }
    },
  }
}

/** The tests of the file that run after this one. */
function namesAfter(task: TestContext['task']): string[] {
  const tests = testsIn(task.file.tasks)
  return tests.slice(tests.indexOf(task) + 1).map(({ fullTestName }) => fullTestName)
}

function testsIn(tasks: TestContext['task']['file']['tasks']): TestContext['task'][] {
  return tasks.flatMap((one) => (one.mode !== 'run' && one.mode !== 'queued' ? [] : one.type === 'suite' ? testsIn(one.tasks) : [one]))
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }))
}

interface Line {
  readonly say: (message: object) => void
  readonly heard: () => Promise<void>
}

async function open({ port, token }: TurnsAddress): Promise<Line> {
  const socket = await connected(port)
  const waiting: (() => void)[] = []
  let ahead = 0
  let closed = false
  createInterface({ input: socket }).on('line', () => {
    const next = waiting.shift()
    if (next) next()
    else ahead++
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
    for (const next of waiting.splice(0)) next()
  })
  const say = (message: object): void => void socket.write(`${JSON.stringify(message)}\n`)
  say({ token })
  return {
    say,
    heard: () =>
      new Promise((resolve) => {
        if (ahead > 0 || closed) {
          ahead--
          resolve()
        } else waiting.push(resolve)
      }),
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      // A worker that has nothing else to do must be able to end.
      socket.unref()
      resolve(socket)
    })
  })
}
