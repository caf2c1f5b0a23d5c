import { isAbsolute, relative } from 'node:path'
import type { Overrides } from '../main/host.ts'
import { resolvePaths } from '../main/resolve-options.ts'
import { configuredProject } from '../programmatic/configured.ts'

export interface ProjectPaths {
  readonly results: string
  readonly baseline: string
}

/** Where this project keeps its reports and its baseline: flags over the environment over its plugin over the defaults, as a run has it. */
export async function projectPaths(overrides: Pick<Overrides, 'results' | 'baseline'>): Promise<ProjectPaths> {
  const root = process.cwd()
  const { results, baseline } = (await configuredProject(root, overrides))?.paths ?? resolvePaths({}, root, process.env, overrides)
  return { results: nearby(root, results), baseline: nearby(root, baseline) }
}

/** As a person would type it from where they are. */
function nearby(root: string, path: string): string {
  const short = relative(root, path)
  return short === '' || short.startsWith('..') || isAbsolute(short) ? path : short
}
