import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'
import type { Body, Loop } from './generated-loop.ts'
import { bareLoop } from './generated-loop.ts'
import type { TimedBody } from './timed-body.ts'

/** Bodies above this have work that shows; the check is for those that the engine may have deleted. */
const suspectNs = 3
const attempts = 5
/** A body takes part of the time of its loop, so twice the calls take about twice the time. */
const leastGrowth = 1.15

/**
 * How the time of a batch grows when its calls are doubled, the empty loop's own growth taken off: about 2 where the body
 * works, 1 where only the loop is left of it.
 */
export async function optimisedAway(body: TimedBody, batch: number, nsPerCall: number): Promise<Finding | undefined> {
  if (body.awaited || body.hooked || nsPerCall > suspectNs) return undefined
  const nothing: Body = () => undefined
  const empty = bareLoop(nothing, undefined, { result: undefined, done: 0, target: nothing })
  for (let calls = 1; calls < batch; calls *= 2) await empty(calls)
  const once = await fastest(body.time, batch)
  const growth = (await fastest(body.time, 2 * batch)) - once
  const loopGrowth = (await fastest(empty, 2 * batch)) - (await fastest(empty, batch))
  const grown = 1 + Math.max(0, growth - loopGrowth) / once
  return grown < leastGrowth ? finding('optimised_away', { growth: Number(grown.toPrecision(3)) }) : undefined
}

async function fastest(time: TimedBody['time'] | Loop, calls: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < attempts; attempt++) least = Math.min(least, await time(calls))
  return least
}
