import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadDefaults } from '../../src/model/load-defaults.ts'
import { optionNames } from '../../src/model/option-names.ts'

const docs = readFileSync(join(import.meta.dirname, '../../docs/benchmarks.md'), 'utf8')
const section = (title: string): string => new RegExp(`^## ${title}$([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(docs)?.[1] ?? ''
/** Options that have a row, with the cells after them. */
const rowsOf = (title: string): Map<string, string[]> =>
  new Map(
    [...section(title).matchAll(/^\| (`.*?`) \|(.*)\|$/gm)].flatMap(([, names = '', cells = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name = '']): [string, string[]] => [name, cells.split(' | ').map((cell) => cell.trim())]),
    ),
  )

const shared = new Set(rowsOf('Options of every kind').keys())

describe('docs/benchmarks.md', () => {
  it.each([
    ['function', ['bench, bench.compare']],
    ['http', ['bench.http']],
    ['scale', ['bench.scale']],
    ['users', ['bench.http', 'bench.users']],
    ['capacity', ['bench.http', 'bench.capacity']],
    ['track', ['bench.track']],
    ['observe', ['bench.observe']],
  ] as const)('has a row for every option of %s', (kind, titles) => {
    const known = new Set([...shared, ...titles.flatMap((title) => [...rowsOf(title).keys()])])
    expect(optionNames(kind).filter((name) => !known.has(name))).toEqual([])
  })

  it('has rows for no other options', () => {
    const real = new Set((['function', 'http', 'scale', 'users', 'capacity', 'track', 'observe', 'suite'] as const).flatMap(optionNames))
    const titles = [
      'Options of every kind',
      'bench, bench.compare',
      'bench.http',
      'bench.scale',
      'bench.users',
      'bench.capacity',
      'bench.track',
    ]
    expect([...titles, 'bench.observe'].flatMap((title) => [...rowsOf(title).keys()]).filter((name) => !real.has(name))).toEqual([])
    expect(optionNames('suite').filter((name) => !shared.has(name))).toEqual([])
  })

  it.each(Object.entries(loadDefaults))('gives the default of %s', (option, value) => {
    const text = typeof value === 'string' ? `\`'${value}'\`` : `\`${value}\``
    expect(rowsOf('bench.http').get(option)?.[1]).toBe(text)
  })
})
