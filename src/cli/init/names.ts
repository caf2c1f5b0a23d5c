import { relative, sep } from 'node:path'
import type { Project } from './project.ts'

/** How the two workflows of a project are called, and what they hand each other. Projects of one repository share none of it. */
export interface Names {
  /** The folder of the project in its repository, with `/`; empty where it is the repository. */
  readonly folder: string
  /** Of letters, digits, `-` and `_`; empty for the repository itself. */
  readonly slug: string
  /** Of the workflow that measures: the other one follows it by this name. */
  readonly measuring: string
  readonly commenting: string
  /** Paths in the repository. */
  readonly measuringFile: string
  readonly commentingFile: string
  /** Artifacts. */
  readonly results: string
  readonly handedOver: string
  /** What keys of the cache begin with. */
  readonly cache: string
}

export function namesOf({ root, repository = root }: Project): Names {
  const folder = relative(repository, root).split(sep).join('/')
  const slug = folder.replace(/[^\w-]+/g, '-').replace(/^-|-$/g, '')
  const own = slug === '' ? '' : `-${slug}`
  const told = slug === '' ? '' : ` (${slug})`
  return {
    folder,
    slug,
    measuring: `Performance benchmarking${told}`,
    commenting: `Performance comment${told}`,
    measuringFile: `.github/workflows/performance-benchmarking${own}.yml`,
    commentingFile: `.github/workflows/performance-comment${own}.yml`,
    results: `benchmark-results${own}`,
    handedOver: `performance-comment${own}`,
    // No key of one project begins like that of another.
    cache: slug === '' ? 'vitest-perf' : `vitest-perf-in-${slug}`,
  }
}
