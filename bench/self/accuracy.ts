import { performance } from 'node:perf_hooks'
import { measureFunction } from '../../src/measure/measure-function.ts'
import type { SampledTimes } from '../../src/model/measured.ts'
import type { AccuracyBody } from './accuracy-bodies.ts'
import { accuracyBodies } from './accuracy-bodies.ts'

export interface Accuracy {
  readonly body: string
  /** Our time per call over that of a plain loop of the same body, median of three rounds. */
  readonly ratio: number
  readonly ours_ns: number
  readonly plain_ns: number
}

const rounds = 3
/** Each side is judged by its best stretch of so long: other programs slow down some stretches of either side, seldom all. */
const stretchMs = 80
const stretches = 3

/** Our time against a plain long loop of the same body, in turns: loops, ours, loops again. */
export async function accuracy(): Promise<Accuracy[]> {
  const results: Accuracy[] = []
  for (const subject of accuracyBodies()) results.push(await compare(subject))
  return results
}

async function compare({ body, awaited, fn }: AccuracyBody): Promise<Accuracy> {
  const calls = await callsFor(awaited, fn)
  const seen: Accuracy[] = []
  for (let round = 0; round < rounds; round++) {
    const before = await bestLoop(awaited, fn, calls)
    const { measurement } = await measureFunction({
      name: body,
      body: fn,
      context: undefined,
      timeMs: 2 * stretches * stretchMs,
      warmupMs: 200,
      minimumSampleMs: 1,
      memory: false,
    })
    const after = await bestLoop(awaited, fn, calls)
    const plain_ns = (Math.min(before, after) * 1e6) / calls
    const ours_ns = bestStretch(measurement)
    seen.push({ body, ratio: ours_ns / plain_ns, ours_ns, plain_ns })
  }
  return seen.sort((a, b) => a.ratio - b.ratio)[rounds >> 1] as Accuracy
}

/**
 * Least mean of as many samples in a row as last one stretch. The stretches do not overlap, so that ours are as many as those of
 * the loops: out of hundreds that begin at every sample, the best is the one that happens to hold the fewest collections.
 */
function bestStretch({ ns_per_call, batch }: SampledTimes): number {
  const typical = ns_per_call.toSorted((a, b) => a - b)[ns_per_call.length >> 1] ?? 0
  const length = Math.min(ns_per_call.length, Math.max(1, Math.round((stretchMs * 1e6) / (typical * batch))))
  let least = Number.POSITIVE_INFINITY
  for (let start = 0; start + length <= ns_per_call.length; start += length) {
    least = Math.min(least, ns_per_call.slice(start, start + length).reduce((sum, ns) => sum + ns, 0) / length)
  }
  return least
}

/** The last result is part of it, so that V8 cannot delete the work that made it. */
interface PlainLoop {
  readonly ms: number
  readonly last: unknown
}

let loops = 0

async function bestLoop(awaited: boolean, fn: () => unknown, calls: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let stretch = 0; stretch < stretches; stretch++) least = Math.min(least, await plain(awaited, fn, calls))
  return least
}

/**
 * Milliseconds of one plain loop. Each time it is a function of its own that runs once, as the loop of a small script does:
 * called again and again, it may be compiled by V8's middle tier with the body inside, and several times slower.
 *
 * A loop that awaits goes through all tiers of V8 as it runs, so it has a fifth more calls before its clock starts. A loop that
 * does not is replaced within its first milliseconds, and has nothing beside the call: a comparison would be part of 1 ns.
 */
async function plain(awaited: boolean, fn: () => unknown, calls: number): Promise<number> {
  const now = performance.now.bind(performance)
  // The body is a constant in scope, as it is where somebody writes such a loop by hand.
  const source = awaited
    ? `return async (calls) => { let last, start; for (let i = -Math.ceil(calls / 5); i < calls; i++) { if (i === 0) start = now(); last = await fn() } return { ms: now() - start, last } } // ${loops++}`
    : `return (calls) => { let last; const start = now(); for (let i = 0; i < calls; i++) last = fn(); return { ms: now() - start, last } } // ${loops++}`
  // oxlint-disable-next-line typescript/no-implied-eval -- see above
  const loop = new Function('fn', 'now', source)(fn, now) as (calls: number) => PlainLoop | Promise<PlainLoop>
  return (await loop(calls)).ms
}

/** So many that a warm loop of them lasts one stretch. */
async function callsFor(awaited: boolean, fn: () => unknown): Promise<number> {
  let calls = 1
  for (;;) {
    const ms = await plain(awaited, fn, calls)
    if (ms >= 0.9 * stretchMs) return calls
    calls = Math.ceil(calls * Math.min(10, stretchMs / Math.max(ms, 0.001)))
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const { body, ratio, ours_ns, plain_ns } of await accuracy()) {
    console.log(`${body.padEnd(14)} ${ratio.toFixed(3)}   ours ${ours_ns.toPrecision(4)} ns, plain ${plain_ns.toPrecision(4)} ns`)
  }
}
