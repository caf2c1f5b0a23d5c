import type { Vitest } from 'vitest/node'

/** Was only a part of the benchmarks asked for? Then what is absent is not missing. A shard is told apart from it. */
export function isFiltered(vitest: Vitest): boolean {
  const { config } = vitest
  const asked = [config.testNamePattern, config.changed, config.related?.length, config.project.length, config.tagsFilter?.length]
  return asked.some(Boolean) || filtersOf(vitest).length > 0
}

/** Parts of the paths of files that were asked for. */
export function filtersOf(vitest: Vitest): readonly string[] {
  return (vitest as { filenamePattern?: readonly string[] }).filenamePattern ?? []
}
