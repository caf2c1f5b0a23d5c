import { PerfError } from '../model/error.ts'
import { numbersOf } from './version.ts'

/** @throws PerfError VITEST_MISSING for a version before 4.1: it has neither `TestRunner` nor `recordArtifact` */
export function refuseOldVitest(version: string, root: string): void {
  const [major, minor] = numbersOf(version)
  if (major > 4 || (major === 4 && minor >= 1)) return
  throw new PerfError('VITEST_MISSING', `The Vitest in ${root} is ${version}; benchmarks of vitest-perf need Vitest 4.1 or 5.`)
}

/** Vitest 4 itself runs on Node 20. @throws PerfError NODE_TOO_OLD */
export function refuseOldNode(version: string): void {
  const [major, minor] = numbersOf(version)
  if (major > 22 || (major === 22 && minor >= 12)) return
  throw new PerfError('NODE_TOO_OLD', `This is Node ${version}; vitest-perf needs Node 22.12 or later.`)
}
