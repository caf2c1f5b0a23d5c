import type { CliOptions } from 'vitest/node'
import { hostPlugin, type Configured, type Overrides } from '../main/host.ts'
import { PerfError } from '../model/error.ts'
import { loadVitest } from './load-vitest.ts'

/**
 * What the project gives our plugin, without running anything: its options, where things are, its config. Undefined where the folder has no Vitest, or
 * no plugin of ours.
 */
export async function configuredProject(root: string, overrides: Overrides): Promise<Configured | undefined> {
  const found = await loadVitest(root).catch((error: unknown) => {
    if (error instanceof PerfError && error.code === 'VITEST_MISSING') return undefined
    throw error
  })
  if (!found) return undefined
  let configured: Configured | undefined
  const host = { overrides, settled() {}, configured: (told: Configured) => void (configured = told) }
  const quiet: CliOptions & object = { watch: false, run: true, coverage: { enabled: false }, reporters: [{}], ...benchmarksOnly, root }
  const vitest = await found.createVitest(quiet, { plugins: [hostPlugin(host)] })
  await vitest.close()
  return configured
}

/** What the command `vitest bench` sets; the types of Vitest's Node API do not name it. */
const benchmarksOnly: object = { benchmarkOnly: true }
