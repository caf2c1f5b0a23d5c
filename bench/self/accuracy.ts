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

/** Least mean of as many samples in a row as last one stretch. */
function bestStretch({ ns_per_call, batch }: SampledTimes): number {
  const typical = ns_per_call.toSorted((a, b) => a - b)[ns_per_call.length >> 1] ?? 0
  const length = Math.min(ns_per_call.length, Math.max(1, Math.round((stretchMs * 1e6) / (typical * batch))))
  let sum = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, ns] of ns_per_call.entries()) {
    sum += ns - (ns_per_call[index - length] ?? 0)
    if (index >= length - 1) least = Math.min(least, sum / length)
  }
  return least
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
 */
async function plain(awaited: boolean, fn: () => unknown, calls: number): Promise<number> {
  const [kind, call] = awaited ? ['async', 'await fn()'] : ['', 'fn()']
  // The body is a constant in scope, as it is where somebody writes such a loop by hand.
  const source = `return ${kind} (calls) => { let last; for (let i = 0; i < calls; i++) last = ${call}; return last } // ${loops++}`
  // oxlint-disable-next-line typescript/no-implied-eval -- see above
  const loop = new Function('fn', source)(fn) as (calls: number) => unknown
  const start = performance.now()
  await loop(calls)
  return performance.now() - start
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

if (import.meta.main) {
  for (const { body, ratio, ours_ns, plain_ns } of await accuracy()) {
    console.log(`${body.padEnd(14)} ${ratio.toFixed(3)}   ours ${ours_ns.toPrecision(4)} ns, plain ${plain_ns.toPrecision(4)} ns`)
  }
}
