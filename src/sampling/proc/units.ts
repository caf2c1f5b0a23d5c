import { readFileSync } from 'node:fs'

/** USER_HZ: what /proc counts CPU time in, 100 a second on every architecture that Node runs on (proc(5)). */
export const millisecondsPerTick = 10

/** Bytes of a memory page: 4096 on x86, up to 65536 on ARM. From the auxiliary vector, entry AT_PAGESZ (6), see getauxval(3). */
export function pageSize(): number {
  try {
    const vector = readFileSync('/proc/self/auxv')
    for (let at = 0; at + 16 <= vector.length; at += 16) {
      if (vector.readBigUInt64LE(at) === 6n) return Number(vector.readBigUInt64LE(at + 8))
    }
  } catch {
    // Falls through to the page of most machines.
  }
  return 4096
}
