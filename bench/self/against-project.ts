import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** Eight kinds of everyday work. Each case does its piece so often that one time more is 1 %. */
export const caseNames = ['parse', 'stringify', 'sort', 'words', 'regexp', 'numbers', 'maps', 'objects'] as const
export type CaseName = (typeof caseNames)[number]

const work = `
import { factors } from './factors.js'
const text = JSON.stringify({ name: 'a', list: [1, 2, 3], nested: { x: 1.5, y: 'b' } })
const value = JSON.parse(text)
const unsorted = Array.from({ length: 12 }, (_, at) => (at * 7919) % 31)
const sentence = 'the quick brown fox jumps over the lazy dog'
const pieces = {
  parse: () => JSON.parse(text).list.length,
  stringify: () => JSON.stringify(value).length,
  sort: () => unsorted.slice().sort((a, b) => a - b)[3],
  words: () => sentence.split(' ').map((word) => word.toUpperCase()).join('-').length,
  regexp: () => sentence.replace(/[aeiou]/g, (letter) => letter + letter).length,
  numbers: () => { let sum = 0; for (let at = 0; at < 150; at++) sum += Math.sqrt(at + sum); return sum },
  maps: () => { const map = new Map(); for (const word of unsorted) map.set(word, (map.get(word) ?? 0) + 1); return map.size },
  objects: () => { let made; for (let at = 0; at < 20; at++) made = { at, next: made?.at ?? 0 }; return made.next },
}
export function repeat(name) {
  const piece = pieces[name]
  const times = factors[name]
  return () => { let sum = 0; for (let at = 0; at < times; at++) sum += piece(); return sum }
}
`
const bench = `
import { bench } from 'vitest-perf'
import { repeat } from './work.js'
for (const name of ${JSON.stringify(caseNames)}) bench(name, repeat(name))
`
const config = `
import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'
export default defineConfig({ plugins: [perf()] })
`

export interface CaseVerdict {
  readonly verdict: string
  /** The figure that it is about: of the time, or a guard. */
  readonly metric: string
  readonly pairs: number
  readonly effect_percent: number | undefined
  readonly noise_percent: number | undefined
}

export interface AgainstProject {
  /** Compares the project, with some of its cases slower by so many percent, with its commit. */
  compare(
    slower: Readonly<Partial<Record<CaseName, number>>>,
    seed: number,
  ): Promise<{ verdicts: Record<CaseName, CaseVerdict>; seconds: number }>
  remove(): Promise<void>
}

/** A stranger's project in a git repository, with the built package in its node_modules. */
export async function againstProject(): Promise<AgainstProject> {
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-rates-'))
  await install(join(folder, 'node_modules'))
  const plant = (slower: Readonly<Partial<Record<CaseName, number>>>): Promise<void> => {
    const factors = Object.fromEntries(caseNames.map((name) => [name, 100 + (slower[name] ?? 0)]))
    return writeFile(join(folder, 'factors.js'), `export const factors = ${JSON.stringify(factors)}\n`)
  }
  const files = {
    'package.json': '{ "type": "module" }',
    '.gitignore': 'node_modules\nresults\nout.json\n',
    'work.js': work,
    'a.bench.js': bench,
  }
  for (const [name, text] of Object.entries({ ...files, 'vitest.config.js': config })) await writeFile(join(folder, name), text)
  await plant({})
  const git = (...args: string[]) => run('git', ['-c', 'user.name=x', '-c', 'user.email=x@y.z', ...args], { cwd: folder })
  await git('init', '-q')
  await git('add', '--all')
  await git('commit', '-q', '-m', 'base')
  return {
    async compare(slower, seed) {
      await plant(slower)
      const start = performance.now()
      const cli = join(folder, 'node_modules/vitest-perf/dist/src/cli.js')
      const args = [cli, 'against', 'HEAD', '--seed', String(seed), '--json', 'out.json', '--output', 'results']
      // A regression ends it with a code of its own: what counts is what it wrote.
      await rm(join(folder, 'out.json'), { force: true })
      const failed = await run(process.execPath, args, { cwd: folder, maxBuffer: 1e8 }).then(
        () => undefined,
        (error: unknown) => error,
      )
      const text = await readFile(join(folder, 'out.json'), 'utf8').catch(() => {
        throw failed
      })
      return { verdicts: verdictsIn(text), seconds: (performance.now() - start) / 1000 }
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function verdictsIn(text: string): Record<CaseName, CaseVerdict> {
  const { results } = JSON.parse(text) as {
    results: Record<
      string,
      { comparison?: { verdict: string; metric: string; runs: number; effect_percent?: number; noise_percent?: number } }
    >
  }
  return Object.fromEntries(
    caseNames.map((name): [CaseName, CaseVerdict] => {
      const found = results[name]?.comparison
      return [
        name,
        {
          verdict: found?.verdict ?? 'failed',
          metric: found?.metric ?? 'none',
          pairs: found?.runs ?? 0,
          effect_percent: found?.effect_percent,
          noise_percent: found?.noise_percent,
        },
      ]
    }),
  ) as Record<CaseName, CaseVerdict>
}

async function install(modules: string): Promise<void> {
  await mkdir(join(modules, 'vitest-perf'), { recursive: true })
  for (const part of ['dist', 'schema', 'package.json']) await cp(join(root, part), join(modules, 'vitest-perf', part), { recursive: true })
  const installed = join(root, 'node_modules')
  for (const name of await readdir(installed)) {
    if (!name.startsWith('.') && name !== 'vitest-perf') await symlink(join(installed, name), join(modules, name))
  }
}
