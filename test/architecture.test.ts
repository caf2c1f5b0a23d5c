import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const files = ['src', 'reporters', 'fixtures'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path).replaceAll('\\', '/')),
)
const imports = new Map(files.map((file) => [file, importsOf(file)]))

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), 'utf8')
  return [...source.matchAll(/^(?:import|export)\s[^'"]*?from\s+'(\.[^']+)'|^import\s+'(\.[^']+)'/gm)].map((match) =>
    relative(root, join(root, dirname(file), match[1] ?? match[2] ?? '')).replaceAll('\\', '/'),
  )
}

/** The part of the house a file lives in: a stage of src, or a top-level folder. */
function part(file: string): string {
  const [top = '', second = ''] = file.split('/')
  return top === 'src' && second.endsWith('.ts') ? 'entry' : top === 'src' ? second : top
}

const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  stats: ['model'],
  author: ['model'],
  measure: ['model', 'stats'],
  load: ['model', 'stats'],
  artillery: ['model', 'stats'],
  sampling: ['model', 'stats'],
  record: ['model'],
  baseline: ['model', 'stats'],
  gates: ['model', 'stats'],
  merge: ['model', 'stats'],
  report: ['model', 'stats'],
  reporters: ['model', 'stats', 'report'],
  fixtures: ['model', 'stats'],
}

describe('the house', () => {
  it.each(Object.entries(mayImport))('%s imports only what the table allows', (name, allowed) => {
    const wrong = files
      .filter((file) => part(file) === name)
      .flatMap((file) =>
        (imports.get(file) ?? []).filter((target) => ![name, ...allowed].includes(part(target))).map((target) => `${file} -> ${target}`),
      )
    expect(wrong).toEqual([])
  })

  it('has no cycle of imports', () => {
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (file: string, trail: readonly string[]) => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '))
        return
      }
      state.set(file, 'open')
      for (const target of imports.get(file) ?? []) visit(target, [...trail, file])
      state.set(file, 'done')
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })

  it('is made of small files: none above 250 lines, nine of ten within 150, half within 70', () => {
    const lengths = files.map((file) => readFileSync(join(root, file), 'utf8').split('\n').length - 1).sort((a, b) => a - b)
    const share = (lines: number) => lengths.filter((length) => length <= lines).length / lengths.length
    expect(lengths.at(-1)).toBeLessThanOrEqual(250)
    expect(share(150)).toBeGreaterThanOrEqual(0.9)
    expect(share(70)).toBeGreaterThanOrEqual(0.5)
  })

  it('has no drawer for odds and ends', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|types|misc)(\.ts$|\/)/.test(file))).toEqual([])
  })

  it('uses the experimental seam of Vitest in one place for each direction', () => {
    const using = (word: string) => files.filter((file) => readFileSync(join(root, file), 'utf8').includes(word))
    expect(using('recordArtifact(')).toEqual(['src/record/send.ts'])
    // A run of the user's, and a run of one file for one side of a comparison.
    expect(using('onTestCaseArtifactRecord')).toEqual(['src/main/perf-reporter.ts', 'src/main/run-watch.ts'])
  })

  it('knows of Vitest 4 in its own folder only', () => {
    const using = (word: string) => files.filter((file) => readFileSync(join(root, file), 'utf8').includes(word))
    expect(using('getBenchFn')).toEqual(['src/vitest4/native-bench.ts'])
    expect(using(`mode === 'benchmark'`).concat(using('.runner = '))).toEqual(['src/vitest4/version.ts', 'src/vitest4/prepare.ts'])
  })
})
