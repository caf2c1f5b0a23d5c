import type { Vitest } from 'vitest/node'

/** Was only a part of the benchmarks asked for? Then what is absent is not missing. */
export function isFiltered(vitest: Vitest): boolean {
  const { config } = vitest
  const filters = (vitest as { filenamePattern?: readonly string[] }).filenamePattern
  const asked = [
    config.testNamePattern,
    config.shard,
    config.changed,
    config.related?.length,
    config.project.length,
    config.tagsFilter?.length,
  ]
  return asked.some(Boolean) || (filters?.length ?? 0) > 0
}
