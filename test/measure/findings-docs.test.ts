import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

test('docs/benchmarks.md has a row for every finding that measuring a function can make', () => {
  const sources = [
    ...globSync('src/measure/*.ts', { cwd: root }),
    'src/stats/samples-findings.ts',
    'src/stats/tails.ts',
    'src/worker/run-function.ts',
  ]
  const made = new Set(sources.flatMap((path) => [...read(path).matchAll(/finding\('(\w+)'/g)].map(([, code]) => code)))
  const [, section = ''] = read('docs/benchmarks.md').split('\n## How a function is measured\n')
  const described = new Set(
    [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].flatMap(([, codes = '']) => codes.match(/\w+/g) ?? []),
  )
  expect(made.size).toBeGreaterThan(8)
  expect([...made].filter((code) => !described.has(code ?? ''))).toEqual([])
  expect([...described].filter((code) => !made.has(code)).toSorted()).toEqual(['noisy_neighbour', 'throttled'])
})
