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

type Memory = NonNullable<SampledTimes['memory']>

const passMs = 120
const rounds = 5

/**
 * Heap bytes and collection time of a call, in calls of their own after the timing. Bytes: the median of five rounds, what
 * the bookkeeping itself allocates taken off. Collection time: all of it, over all calls of the pass.
 */
export async function memoryPass(
  body: TimedBody,
  callMs: Milliseconds,
  longestMs: Milliseconds,
): Promise<{ readonly memory: Memory } | { readonly finding: Finding }> {
  if (callMs > longestMs) return { finding: finding('no_memory_pass', { reason: `one call takes ${Math.round(callMs)} ms` }) }
  try {
    forceGc()
  } catch (error) {
    return { finding: finding('no_memory_pass', { reason: error instanceof Error ? error.message : String(error) }) }
  }
  const idle = await median(() => heapUse(() => undefined))
  const callsARound = body.hooked ? 1 : Math.max(1, Math.min(1e6, Math.floor(passMs / rounds / callMs)))
  const start = now()
  const uses: HeapUse[] = []
  do uses.push(await heapUse(() => body.time(callsARound)))
  while (now() - start < passMs && uses.length < (body.hooked ? 1000 : rounds))
  const calls = uses.length * callsARound
  return {
    memory: {
      bytes_per_call: Math.max(0, (middle(uses.map((use) => use.bytes)) - idle) / callsARound),
      gc_ns_per_call: (uses.reduce((sum, use) => sum + use.gc_ms, 0) * nanosecondsPerMillisecond) / calls,
      gc_count: uses.reduce((sum, use) => sum + use.gc_count, 0),
    },
  }
}

/** The bookkeeping of an empty round. */
async function median(round: () => Promise<HeapUse>): Promise<number> {
  const bytes: number[] = []
  for (let index = 0; index < 5; index++) bytes.push((await round()).bytes)
  return middle(bytes)
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}
