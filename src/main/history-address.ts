import type { Vitest } from 'vitest/node'
import { isDatabase } from '../baseline/history-place.ts'

export const historyVariable = 'VITEST_PERF_HISTORY'

const addresses = new WeakMap<Vitest, string>()

/**
 * The environment with the place of the history. The address of a database may hold a password, so it is taken out of the environment that workers and
 * servers inherit: what they print may end in a report.
 */
export function takeHistoryAddress(vitest: Vitest, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const given = env[historyVariable]
  if (given && isDatabase(given)) {
    addresses.set(vitest, given)
    delete env[historyVariable]
  }
  const known = addresses.get(vitest)
  return known === undefined ? env : { ...env, [historyVariable]: known }
}
