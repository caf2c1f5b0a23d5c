/** How much of its time a case gets in a quick run. */
export const quickPace = 0.1

/**
 * `VITEST_PERF_QUICK=1`: does everything run? Cases get a tenth of their time, so their numbers are rough: they are compared with nothing and not kept.
 */
export function isQuick(env: Readonly<Record<string, string | undefined>>): boolean {
  return (env['VITEST_PERF_QUICK'] ?? '') !== '' && env['VITEST_PERF_QUICK'] !== '0'
}
