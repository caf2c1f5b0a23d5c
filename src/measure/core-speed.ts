import type { Nanoseconds } from '../model/units.ts'
import { nanosecondsPerMillisecond } from '../model/units.ts'
import { now } from './clock.ts'

/** 4 kB: they stay in the first cache of any core. */
const values = Int32Array.from({ length: 1024 }, (_, at) => (at * 7919) & 4095)
/** About 30 us on a core of 3 GHz. */
const passes = 96
/** Enough for V8 to have replaced the loop by its best. */
const warmUps = 200

let kept = 0
let best = Number.POSITIVE_INFINITY

/** Four sums that do not wait for each other: as many additions and loads at once as a core can do. */
function add(times: number): void {
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let pass = 0; pass < times; pass++) {
    for (let at = 0; at < values.length; at += 4) {
      a = (a + (values[at] ?? 0)) | 0
      b ^= values[at + 1] ?? 0
      c = (c + ((values[at + 2] ?? 0) << 1)) | 0
      d = (d - (values[at + 3] ?? 0)) | 0
    }
  }
  kept ^= a ^ b ^ c ^ d
}

/**
 * How long a fixed piece of work of ours takes on this core now. A core has two threads of hardware on most machines, and what runs on the other one, also in another virtual machine of the
 * same host, takes a part of its units away without a trace in any counter of the system: work that keeps them busy then takes up to twice as long. A chain of operations that wait
 * for each other would not notice.
 */
export function probeCore(): Nanoseconds {
  if (best === Number.POSITIVE_INFINITY) for (let turn = 0; turn < warmUps; turn++) add(passes)
  // What ran before may have taken the values out of the cache.
  add(1)
  const start = now()
  add(passes)
  const ns = (now() - start) * nanosecondsPerMillisecond
  best = Math.min(best, ns)
  return ns
}

/** The shortest that it ever took in this process: on a core of its own. */
export function fastestProbe(): Nanoseconds {
  return best
}
