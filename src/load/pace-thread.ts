import { parentPort } from 'node:worker_threads'
import { arrivalTimes } from './arrivals.ts'
import type { PacePlan } from './pace.ts'

/** The kernel wakes a sleeper about this late: its timer slack is 50 us. */
const leadMs = 0.05

const sleeper = new Int32Array(new SharedArrayBuffer(4))

parentPort?.on('message', ({ stages, arrivals, seed, originNs }: PacePlan) => {
  for (const due of arrivalTimes(stages, arrivals, seed)) {
    const left = due - Number(process.hrtime.bigint() - originNs) / 1e6
    if (left > leadMs) Atomics.wait(sleeper, 0, 0, left - leadMs)
    parentPort?.postMessage(0, [])
  }
})
