import { artilleryFolder } from './installed.ts'

// A step of its own, for it takes minutes: `VITEST_PERF_ARTILLERY=install node test/artillery/install.ts`. The tests then find it.
console.log(await artilleryFolder())
