import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { CliOptions, Vitest } from 'vitest/node'
import { hostPlugin, type Configured } from '../main/host.ts'
import { PerfError } from '../model/error.ts'
import { loadVitest } from '../programmatic/load-vitest.ts'
import { isInside, type BenchOverlay } from './bench-files.ts'
import { checkoutOf } from './repository.ts'
import type { BenchFile, SideOptions } from './side-messages.ts'

export interface Asked {
  readonly configured: Configured
  readonly root: string
  readonly files: readonly BenchFile[]
  readonly overlay: BenchOverlay
  readonly side: SideOptions
}

export interface Question {
  /** Where Vitest is to look for its config. */
  readonly cwd: string
  /** Parts of file names. */
  readonly filters: readonly string[]
  readonly vitest: Pick<CliOptions, 'config' | 'root' | 'project' | 'testNamePattern'>
}

/**
 * Asks the project's own Vitest, as it is, what there is to compare.
 * @throws PerfError PLUGIN_MISSING, NO_BENCHES
 */
export async function askProject({ cwd, filters, vitest: options }: Question): Promise<Asked> {
  const { createVitest } = await loadVitest(cwd)
  let configured: Configured | undefined
  const host = { overrides: {}, settled() {}, configured: (told: Configured) => void (configured = told) }
  const quiet: CliOptions & object = { watch: false, run: true, coverage: { enabled: false }, reporters: [{}], ...benchmarksOnly }
  const vitest = await createVitest({ ...quiet, ...options }, { plugins: [hostPlugin(host)] })
  try {
    if (!configured) throw new PerfError('PLUGIN_MISSING', `vitest-perf is not in the plugins of ${vitest.config.root}.`)
    return await answer(vitest, configured, { filters, options })
  } finally {
    await vitest.close()
  }
}

const benchmarksOnly: object = { benchmarkOnly: true }

interface Asking {
  readonly filters: readonly string[]
  readonly options: Question['vitest']
}

/** The same, of a Vitest that runs already. */
export async function answer(vitest: Vitest, configured: Configured, { filters, options }: Asking): Promise<Asked> {
  const { root } = vitest.config
  const inProject = (path: string): string => relative(root, path).split(sep).join('/')
  const all = await vitest.globTestSpecifications()
  const asked = filters.length > 0 ? await vitest.globTestSpecifications([...filters]) : all
  if (asked.length === 0)
    throw new PerfError('NO_BENCHES', `No benchmark file of ${root} ${filters.length > 0 ? `matches ${filters.join(', ')}` : 'was found'}.`)
  const { configFile } = vitest.vite.config
  const { root: top } = await checkoutOf(root)
  // The root may be named through a link; git names it as it is.
  const real = await realpath(root)
  const isOurs = (path: string): boolean => isInside(top, join(real, relative(root, path)))
  const placed = (path: string): string => (isOurs(path) ? inProject(path) : path)
  const config = configFile ? placed(configFile) : undefined
  const own = configured.paths.config
  const benches = [...new Set(all.map(({ moduleId }) => inProject(moduleId)))]
  const configs = [config, own && placed(own)].filter((path) => path !== undefined && !isAbsolute(path)) as string[]
  return {
    configured,
    root,
    files: asked.map(({ moduleId, project }) => ({ file: inProject(moduleId), project: project.name })),
    overlay: {
      files: [...benches, ...configs],
      configs,
      isBench: (file) => vitest.projects.some((project) => project.matchesTestGlob(join(root, file), () => '')),
    },
    side: {
      ...(config === undefined ? {} : { config }),
      ...(own !== undefined && !isOurs(own) ? { benchmarkConfig: own } : {}),
      ...(options.testNamePattern === undefined ? {} : { testNamePattern: String(options.testNamePattern) }),
      ...(filters.length > 0 ? { filters: filters.map((filter) => (isAbsolute(filter) ? inProject(filter) : filter)) } : {}),
      ...(options.project === undefined ? {} : { projects: [options.project].flat() }),
    },
  }
}
