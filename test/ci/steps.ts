import { spawn } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { parse } from 'yaml'

export interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}

export interface Job {
  readonly 'timeout-minutes'?: number
  readonly permissions?: Readonly<Record<string, string>>
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly name: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: Readonly<Record<string, string>>
  readonly concurrency?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

export const workflowOf = (text: string): Workflow => parse(text) as Workflow

export interface Ended {
  readonly code: number | null
  readonly output: string
  /** What the step wrote to GITHUB_OUTPUT. */
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

/** A job of a runner that is made of files: each step of it is run by the shell that GitHub runs it with. */
export class Runner {
  readonly #folder: string
  readonly #temp: string
  readonly #context: Readonly<Record<string, unknown>>
  readonly #env: Readonly<Record<string, string>>
  readonly #steps: Record<string, unknown> = {}
  #count = 0

  constructor(folder: string, temp: string, context: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>> = {}) {
    this.#folder = folder
    this.#temp = temp
    this.#context = context
    this.#env = env
  }

  async run({ id, run = '', env = {} }: Step): Promise<Ended> {
    const own = join(this.#temp, `step-${this.#count++}`)
    await mkdir(own, { recursive: true })
    const files = { GITHUB_OUTPUT: join(own, 'output'), GITHUB_STEP_SUMMARY: join(own, 'summary.md') }
    await Promise.all([...Object.values(files).map((file) => writeFile(file, '')), writeFile(join(own, 'step.sh'), run)])
    const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, this.#evaluated(value)]))
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|TEST$|NODE_ENV|NODE_OPTIONS|NODE_V8|TERRAPHIM|GITHUB|npm_)/.test(name),
    )
    const child = spawn('bash', ['-e', join(own, 'step.sh')], {
      cwd: this.#folder,
      env: {
        ...Object.fromEntries(inherited),
        CI: 'true',
        NO_COLOR: '1',
        GITHUB_ACTIONS: 'true',
        GITHUB_REPOSITORY: 'owner/project',
        RUNNER_TEMP: this.#temp,
        ...files,
        PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
        ...this.#env,
        ...given,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      child.on('close', resolve)
    })
    const [told, summary] = await Promise.all([readFile(files.GITHUB_OUTPUT, 'utf8'), readFile(files.GITHUB_STEP_SUMMARY, 'utf8')])
    const outputs = Object.fromEntries(
      told
        .split('\n')
        .filter(Boolean)
        .map((line) => line.split(/=(.*)/s).slice(0, 2)),
    ) as Record<string, string>
    if (id !== undefined) this.#steps[id] = { outputs }
    return { code, output, outputs, summary }
  }

  /** `${{ github.event.pull_request.number }}`: paths only, and one that leads nowhere is a mistake of the workflow. */
  #evaluated(text: string): string {
    return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, path: string) => {
      const value = path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], {
        ...this.#context,
        steps: this.#steps,
      })
      if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`there is no ${path}`)
      return String(value)
    })
  }
}
