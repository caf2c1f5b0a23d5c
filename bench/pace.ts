/** How large the suite's work is. Times are shortened by vitest-perf itself: see VITEST_PERF_QUICK in docs/suite.md. */
const isSet = (name: string): boolean => (process.env[name] ?? '') !== '' && process.env[name] !== '0'

/** `VITEST_PERF_QUICK=1`: does everything run? Small files, small corpora. */
export const quick = isSet('VITEST_PERF_QUICK')

/** `VITEST_PERF_FULL=1`: also what takes minutes or more than a gigabyte. */
export const full = isSet('VITEST_PERF_FULL')

/** `usual`, or `small` in a quick run. */
export function sized(usual: number, small: number): number {
  return quick ? small : usual
}
