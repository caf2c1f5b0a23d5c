import type { FunctionSpec } from '../model/spec.ts'
import type { Milliseconds } from '../model/units.ts'
import { now } from './clock.ts'

/** What a loop shares with its caller. */
export interface Sink {
  /** The last result, so that the engine cannot delete the work that made it. One at a time is kept. */
  result: unknown
  /** Calls of this batch that came back, from a loop that counts. */
  done: number
  /** The body, for a loop that V8 must not see through. */
  target: Body
}

export type Body = FunctionSpec['body']
/** Makes so many calls and gives the time they took together. */
export type Loop = (calls: number) => Milliseconds | Promise<Milliseconds>
type Build = (fn: Body, context: unknown, now: () => number, sink: Sink) => Loop

let built = 0

/**
 * Source of a loop of its own for every case. One shared loop would see many bodies at its call site, become megamorphic and
 * stop inlining: the second case would then read slower than the first. The number in the source keeps V8's compilation cache
 * from handing out the function, with its type feedback, that it made for another case.
 *
 * There is no try around the calls, and none may be put there: V8 optimises what it inlines into a try region less (measured:
 * integer arithmetic 3 to 4.5 times slower). Results pass through a local variable, as in a plain loop; a store to the sink at
 * every call would cost a write barrier.
 */
function source(kind: '' | 'async', call: string, note: string): string {
  built++
  return `'use strict' // case ${built}
return ${kind} function loop(calls) {
  const target = sink.target
  let result
  const start = now()
  for (let call = 0; call < calls; call++) {
    ${note}
    result = ${call}
  }
  const elapsed = now() - start
  sink.result = result
  return elapsed
}`
}

/** Noting each call gives a failure its number. The store is up to 15 % of a call of 1 ns and nothing in one of 20 ns. */
const counted = 'sink.done = call'

function build(body: Body, context: unknown, sink: Sink, text: string): Loop {
  // oxlint-disable-next-line typescript/no-implied-eval -- a fresh call site needs fresh source
  const make = new Function('fn', 'context', 'now', 'sink', text) as Build
  return make(body, context, now, sink)
}

/** A body that names no parameter is called bare, as its author would call it. */
function callOf(body: Body, name: 'fn' | 'target'): string {
  return body.length === 0 ? `${name}()` : `${name}(context)`
}

/** For bodies of a few nanoseconds: they may be inlined, and nothing else happens in the loop. */
export function bareLoop(body: Body, context: unknown, sink: Sink): Loop {
  return build(body, context, sink, source('', callOf(body, 'fn'), ''))
}

/** The body may be inlined; calls are counted. */
export function countingLoop(body: Body, context: unknown, sink: Sink): Loop {
  return build(body, context, sink, source('', callOf(body, 'fn'), counted))
}

/**
 * The body is called, never inlined, which adds some nanoseconds: for bodies of microseconds and more. Few of them fit in a
 * batch, so the loop stays in V8's middle tier, and what is inlined there stays there with it (measured: 5 times slower); on
 * its own the body reaches the highest tier. Two other functions at the call site first make it megamorphic; 200 calls of
 * each, since V8 notes no call targets before a function is warm.
 */
export function callingLoop(body: Body, context: unknown, sink: Sink): Loop {
  const loop = build(body, context, sink, source('', callOf(body, 'target'), counted))
  for (const other of [() => 0, () => 1]) {
    sink.target = other
    void loop(200)
  }
  sink.target = body
  return loop
}

/** Awaits every call before the next. What the await alone costs is part of the time: see `awaitOverhead`. */
export function asyncLoop(body: Body, context: unknown, sink: Sink): Loop {
  return build(body, context, sink, source('async', `await ${callOf(body, 'fn')}`, counted))
}
