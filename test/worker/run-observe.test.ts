import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { DeclaredCase } from '../../src/model/declared.ts'
import { runObserve } from '../../src/worker/run-observe.ts'

interface About {
  readonly timeMs: number
  readonly warmupMs?: number
  readonly during?: () => unknown
  readonly signal?: AbortSignal
}

async function observed({ timeMs, warmupMs = 0, during, signal = new AbortController().signal }: About) {
  const subject: DeclaredCase['subject'] = { kind: 'observe', leak: false, during }
  const declared: DeclaredCase = {
    name: 'watched',
    subject,
    options: { timeMs, warmupMs, timeoutMs: 60_000, retry: 0, intervalMs: 100, tags: [] },
  }
  const phases: string[] = []
  const tools = { phase: (name: string) => void phases.push(name), watch() {}, apart() {}, signal }
  const [outcome] = await runObserve(declared, subject, undefined, tools)
  const { measurement, findings } = outcome!
  return { phases, findings, elapsed_ms: measurement.type === 'observation' ? measurement.elapsed_ms : 0 }
}

test('a window has a warm-up where one is asked for, in which the work is done too', async () => {
  let calls = 0
  const { phases, elapsed_ms } = await observed({ timeMs: 50, warmupMs: 50, during: () => calls++ })
  expect(phases).toEqual(['warm-up', 'measure'])
  expect(elapsed_ms).toBeGreaterThanOrEqual(50)
  // Every call is followed by a turn of the event loop, and not by a timer of a millisecond.
  expect(calls).toBeGreaterThan(200)
  expect((await observed({ timeMs: 20 })).phases).toEqual(['measure'])
})

test.each([
  ['idle', undefined],
  ['of quick work', () => setTimeout(1)],
  ['of work that never comes back', () => new Promise(() => {})],
])('a window %s that is stopped keeps what was seen', async (_what, during) => {
  const stop = new AbortController()
  const watching = observed({ timeMs: 600_000, signal: stop.signal, ...(during ? { during } : {}) })
  await setTimeout(30)
  stop.abort(new Error('Ctrl-C'))
  const { elapsed_ms, findings } = await watching
  expect(findings).toEqual([{ code: 'aborted_early', facts: { reason: 'Ctrl-C' } }])
  expect(elapsed_ms).toBeGreaterThan(20)
  expect(elapsed_ms).toBeLessThan(60_000)
})

test('a window that is stopped in its warm-up has seen nothing', async () => {
  const stop = new AbortController()
  const watching = observed({ timeMs: 1000, warmupMs: 600_000, signal: stop.signal })
  stop.abort(new Error('Ctrl-C'))
  await expect(watching).rejects.toThrow('Ctrl-C')
})

test('work that fails ends the window', async () => {
  const during = () => {
    throw new Error('the queue is closed')
  }
  await expect(observed({ timeMs: 1000, during })).rejects.toThrow('the queue is closed')
})
