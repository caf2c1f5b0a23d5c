import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'
import type { SampledTimes } from '../model/measured.ts'
import type { Milliseconds } from '../model/units.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'
import { now } from './clock.ts'
import { forceGc } from './force-gc.ts'
import type { HeapUse } from './heap-account.ts'
import { heapUse } from './heap-account.ts'
import type { TimedBody } from './timed-body.ts'
import { timedBody } from './timed-body.ts'

type Memory = NonNullable<SampledTimes['memory']>

const usualPassMs = 120
const rounds = 5

/**
 * Heap bytes and collection time of a call, in calls of their own after the timing. Bytes: the median of five rounds (with
 * hooks: of single calls, exact to some hundred bytes), what a round of an empty body allocates taken off. Collection time:
 * all of it, over all calls.
 */
export async function memoryPass(
  body: TimedBody,
  callMs: Milliseconds,
  longestMs: Milliseconds,
  passMs: Milliseconds = usualPassMs,
): Promise<{ readonly memory: Memory } | { readonly finding: Finding }> {
  if (callMs > longestMs) return { finding: finding('no_memory_pass', { reason: `one call takes ${Math.round(callMs)} ms` }) }
  try {
    // What a forced collection leaves to be swept counts as freed for a while, which a short pass would not outlast.
    if (passMs >= usualPassMs) forceGc()
  } catch (error) {
    return { finding: finding('no_memory_pass', { reason: error instanceof Error ? error.message : String(error) }) }
  }
  const idle = await idleBody(body.awaited)
  const callsARound = body.hooked ? 1 : Math.max(1, Math.min(1e6, Math.floor(passMs / rounds / callMs)))
  const most = body.hooked ? 1000 : rounds
  const start = now()
  const uses: HeapUse[] = []
  const idleBytes: number[] = []
  do {
    // In turns, since the bookkeeping allocates less as it is optimised.
    idleBytes.push((await heapUse(() => idle.call(1))).bytes)
    await body.beforeEach()
    uses.push(await heapUse(() => body.call(callsARound)))
    await body.afterEach()
  } while (now() - start < passMs && uses.length < most)
  return {
    memory: {
      bytes_per_call: Math.max(0, (middle(uses.map(({ bytes }) => bytes)) - middle(idleBytes)) / callsARound),
      gc_ns_per_call: (sum(uses.map(({ gc_ms }) => gc_ms)) * nanosecondsPerMillisecond) / (uses.length * callsARound),
      gc_count: sum(uses.map(({ gc_count }) => gc_count)),
    },
  }
}

/** A body that does nothing, with a warm loop: what its calls allocate are the bookkeeping and the promises of a batch. */
async function idleBody(awaited: boolean): Promise<TimedBody> {
  const nothing = awaited ? () => settled : () => undefined
  const idle = await timedBody({
    name: 'idle',
    body: nothing,
    context: undefined,
    timeMs: 0,
    warmupMs: 0,
    minimumSampleMs: 0,
    memory: false,
  })
  for (let call = 0; call < 2000; call++) await idle.call(1)
  return idle
}

const settled = Promise.resolve()

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
