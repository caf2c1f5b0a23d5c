import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './markdown.ts'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

it('docs/benchmarks.md has a row for every option of perf(), and for no other', () => {
  const [, section = ''] = read('docs/benchmarks.md').split('\n## Options of the plugin\n')
  const rows = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
  const declared = /interface PerfOptions \{([\s\S]*?)\n\}/.exec(read('src/main/options.ts'))?.[1] ?? ''
  const options = [...declared.matchAll(/^ {2}readonly (\w+)\?:/gm)].map(([, name]) => name)
  expect(options).toContain('server')
  expect(new Set(rows)).toEqual(new Set(options))
})
