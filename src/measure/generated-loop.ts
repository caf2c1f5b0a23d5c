import type { FunctionSpec } from '../model/spec.ts'
import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'

/** Where results go, so that the engine cannot delete the work that made them. It holds one result at a time. */
export interface Sink {
  result: unknown
}

/** Makes so many calls and gives the time they took together. */
export type SyncLoop = (calls: number) => Milliseconds
export type AsyncLoop = (calls: number) => Promise<Milliseconds>

/** The body threw at this call of a batch (the first is 0). The batch cannot know how many calls came before it. */
export class BatchFailure extends Error {
  readonly index: number

  constructor(index: number, cause: unknown) {
    super('A call of a batch threw.', { cause })
    this.index = index
  }
}

type Body = FunctionSpec['body']
type Failed = (index: number, cause: unknown) => BatchFailure
type Build = (fn: Body, context: unknown, now: () => number, sink: Sink, failed: Failed) => SyncLoop | AsyncLoop

let built = 0

/**
 * A loop of its own for every case. One shared loop would see many bodies at its call site, become megamorphic and stop
 * inlining: the second case would then read slower than the first. The number in the source keeps V8's compilation cache
 * from handing out the function, with its type feedback, that it made for another case.
 *
 * The last result leaves the loop through the sink; each result is the loop's live value until the next one replaces it.
 * A store to the sink at every call would cost a write barrier, which a plain loop does not have.
 */
function source(kind: '' | 'async', call: string): string {
  built++
  return `'use strict' // case ${built}
return ${kind} function loop(calls) {
  let result
  let call = 0
  const start = now()
  try {
    for (; call < calls; call++) result = ${call}
  } catch (cause) {
    throw failed(call, cause)
  }
  const elapsed = now() - start
  sink.result = result
  return elapsed
}`
}

function build(kind: '' | 'async', body: Body, context: unknown, sink: Sink): SyncLoop | AsyncLoop {
  // A body that names no parameter is called bare, as its author would call it.
  const call = body.length === 0 ? 'fn()' : 'fn(context)'
  // oxlint-disable-next-line typescript/no-implied-eval -- a fresh call site needs fresh source
  const make = new Function('fn', 'context', 'now', 'sink', 'failed', source(kind, kind ? `await ${call}` : call)) as Build
  return make(body, context, now, sink, (index, cause) => new BatchFailure(index, cause))
}

export function syncLoop(body: Body, context: unknown, sink: Sink): SyncLoop {
  return build('', body, context, sink) as SyncLoop
}

/** Awaits every call before the next. What the await alone costs is part of the time: see `awaitOverhead`. */
export function asyncLoop(body: Body, context: unknown, sink: Sink): AsyncLoop {
  return build('async', body, context, sink) as AsyncLoop
}
