import * as vitestNode from 'vitest/node'
import type { TestProject, Vitest } from 'vitest/node'
import { gather, declaredIn } from '../main/gather.ts'
import { RunWatch } from '../main/run-watch.ts'
import { ReceivedCases } from '../record/receive.ts'
import { forBenchmarks } from '../vitest4/create-vitest.ts'
import { ranOf } from './ran.ts'
import type { BenchFile, DeclaredId, Ran, RunRequest, SideOptions } from './side-messages.ts'
import { sidePlugin } from './side-plugin.ts'

// What `vitest bench` sets; Vitest's own types of the options leave it out.
const benchmarksOnly: object = { benchmarkOnly: true }

/** Vitest in the folder of one side. Each run of a file is a fresh process; what is transformed once stays known. */
export class SideVitest {
  readonly #vitest: Vitest
  readonly #watch: RunWatch
  readonly #filters: readonly string[]

  private constructor(vitest: Vitest, watch: RunWatch, filters: readonly string[]) {
    this.#vitest = vitest
    this.#watch = watch
    this.#filters = filters
  }

  static async open({ config, testNamePattern, projects, filters = [], benchmarkConfig }: SideOptions): Promise<SideVitest> {
    if (benchmarkConfig !== undefined) process.env['TERRAPHIM_BENCH_CONFIG'] = benchmarkConfig
    const watch = new RunWatch()
    const vitest = await forBenchmarks(vitestNode).createVitest(
      {
        root: process.cwd(),
        ...(config === undefined ? {} : { config }),
        ...(testNamePattern === undefined ? {} : { testNamePattern }),
        ...(projects === undefined ? {} : { project: [...projects] }),
        watch: false,
        run: true,
        ...benchmarksOnly,
        reporters: [watch],
        coverage: { enabled: false },
        typecheck: { enabled: false },
        pool: 'forks',
        isolate: true,
        fileParallelism: false,
        maxWorkers: 1,
        passWithNoTests: true,
      },
      { plugins: [sidePlugin], clearScreen: false },
    )
    await vitest.standalone()
    return new SideVitest(vitest, watch, filters)
  }

  /** What the files declare that were asked for, without running a case. */
  async collect(): Promise<{ declared: DeclaredId[]; errors: Ran['errors'] }> {
    const specifications = await this.#vitest.globTestSpecifications(this.#filters.length > 0 ? [...this.#filters] : undefined)
    const { testModules, unhandledErrors } = await this.#vitest.collectTests(specifications)
    const { errors } = gather(testModules, unhandledErrors as never, new ReceivedCases(), this.#vitest)
    return { declared: testModules.flatMap((module) => declaredIn(module, this.#vitest.config.root)), errors }
  }

  async run(request: RunRequest): Promise<Ran> {
    const project = this.#projectOf(request)
    const config = project.getProvidedContext().vitestPerf
    if (!config) throw new Error('The vitest config of this version has no perf() among its plugins.')
    project.provide('vitestPerf', { ...config, against: request.against })
    const tests = request.tests ? { testIds: [...request.tests] } : undefined
    const specification = project.createSpecification(this.#path(request), tests)
    const { testModules, unhandledErrors: unhandled } = await this.#vitest.runTestSpecifications([specification], false)
    // The first run after files were collected names all of these too.
    const modules = testModules.filter((module) => module.moduleId === specification.moduleId && module.project === project)
    return ranOf(request, { modules, unhandled, watch: this.#watch, vitest: this.#vitest })
  }

  async close(): Promise<void> {
    await this.#vitest.close()
  }

  #projectOf({ project }: BenchFile): TestProject {
    const found = this.#vitest.projects.find(({ name }) => name === project)
    if (!found) throw new Error(`This version has no Vitest project "${project}".`)
    return found
  }

  #path({ file }: BenchFile): string {
    return `${this.#vitest.config.root}/${file}`
  }
}
