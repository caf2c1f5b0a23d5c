import type { Nanoseconds } from '../model/units.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'
import type { Body, Sink } from './generated-loop.ts'
import { asyncLoop } from './generated-loop.ts'

let known: Promise<Nanoseconds> | undefined

/** What awaiting a call costs when the call itself does nothing: its promise is there already. Measured once a process, in about 10 ms. */
export function awaitOverhead(): Promise<Nanoseconds> {
  known ??= measureAwait()
  return known
}

async function measureAwait(): Promise<Nanoseconds> {
  const settled = Promise.resolve()
  const body: Body = () => settled
  const sink: Sink = { result: undefined, done: 0, target: body }
  const loop = asyncLoop(body, undefined, sink)
  const calls = 5000
  const rounds: number[] = []
  for (let round = 0; round < 15; round++) rounds.push((await loop(calls)) / calls)
  // The first rounds run in the interpreter.
  const warm = rounds.slice(5).sort((a, b) => a - b)
  return (warm[5] ?? 0) * nanosecondsPerMillisecond
}
