import { performance } from 'node:perf_hooks'
import { measureFunction } from '../../src/measure/measure-function.ts'
import { summariseSamples } from '../../src/stats/summarise-samples.ts'
import type { AccuracyBody } from './accuracy-bodies.ts'
import { accuracyBodies } from './accuracy-bodies.ts'

export interface Accuracy {
  readonly body: string
  /** Our time per call over that of a plain loop of the same body, median of three. */
  readonly ratio: number
  readonly ours_ns: number
  readonly plain_ns: number
}

const rounds = 3
const plainMs = 150

/** Our time against a plain long loop of the same body, in turns: half of the loop, ours, the other half. */
export async function accuracy(): Promise<Accuracy[]> {
  const results: Accuracy[] = []
  for (const subject of accuracyBodies()) results.push(await compare(subject))
  return results
}

async function compare({ body, awaited, fn }: AccuracyBody): Promise<Accuracy> {
  const calls = await callsFor(awaited, fn)
  const seen: Accuracy[] = []
  for (let round = 0; round < rounds; round++) {
    const before = await plain(awaited, fn, calls)
    const { measurement } = await measureFunction({
      name: body,
      body: fn,
      context: undefined,
      timeMs: 2 * plainMs,
      warmupMs: 200,
      minimumSampleMs: 1,
      memory: false,
    })
    const after = await plain(awaited, fn, calls)
    const plain_ns = ((before + after) * 1e6) / (2 * calls)
    const ours_ns = (summariseSamples(measurement).metrics['avg_time_ms'] ?? Number.NaN) * 1e6
    seen.push({ body, ratio: ours_ns / plain_ns, ours_ns, plain_ns })
  }
  return seen.sort((a, b) => a.ratio - b.ratio)[rounds >> 1] as Accuracy
}

let loops = 0

/**
 * Milliseconds of one plain loop. Each time it is a function of its own that runs once, as the loop of a small script does:
 * called again and again, it would be compiled by V8's middle tier with the body inside, and several times slower.
 */
async function plain(awaited: boolean, fn: () => unknown, calls: number): Promise<number> {
  const [kind, call] = awaited ? ['async', 'await fn()'] : ['', 'fn()']
  const source = `return ${kind} (fn, calls) => { let last; for (let i = 0; i < calls; i++) last = ${call}; return last } // ${loops++}`
  // oxlint-disable-next-line typescript/no-implied-eval -- see above
  const loop = new Function(source)() as (fn: () => unknown, calls: number) => unknown
  const start = performance.now()
  await loop(fn, calls)
  return performance.now() - start
}

/** So many that a warm loop of them lasts about `plainMs`. */
async function callsFor(awaited: boolean, fn: () => unknown): Promise<number> {
  let calls = 1
  for (;;) {
    const ms = await plain(awaited, fn, calls)
    if (ms >= plainMs) return calls
    calls = Math.ceil(calls * Math.min(10, (1.1 * plainMs) / Math.max(ms, 0.001)))
  }
}

if (import.meta.main) {
  for (const { body, ratio, ours_ns, plain_ns } of await accuracy()) {
    console.log(`${body.padEnd(14)} ${ratio.toFixed(3)}   ours ${ours_ns.toPrecision(4)} ns, plain ${plain_ns.toPrecision(4)} ns`)
  }
}
