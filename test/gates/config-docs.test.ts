import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { benchmarkConfigJsonSchema, parseBenchmarkConfig } from '../../src/gates/parse-config.ts'
import { defaultConfig, operators, severities } from '../../src/model/benchmark-config.ts'

const docs = await readFile(join(import.meta.dirname, '../../docs/config.md'), 'utf8')
/** First cells of all table rows, with the cells after them. */
const rows = new Map(
  [...docs.matchAll(/^\| `([\w.]+)` \|(.*)\|$/gm)].map((row) => [row[1]!, row[2]!.split('|').map((cell) => cell.trim())]),
)
interface ObjectSchema {
  readonly properties: Readonly<
    Record<string, ObjectSchema & { readonly default?: unknown; readonly minimum?: number; readonly maximum?: number }>
  >
  readonly items?: ObjectSchema
}
const schema = benchmarkConfigJsonSchema() as unknown as ObjectSchema
const { gates, slo, reporting, endpoints, waivers } = schema.properties

describe('docs/config.md', () => {
  test('names every key of the schema, and no other key but outcomes, verdicts and exit reasons', () => {
    const keys = [schema, gates!.items!, slo!, reporting!, endpoints!.items!, waivers!.items!].flatMap(({ properties }) =>
      Object.keys(properties),
    )
    const judging = [
      'passed',
      'failed',
      'undecided',
      'missing',
      'unchanged',
      'inconclusive',
      'new',
      'interrupted',
      'infrastructure',
      'failed_case',
      'gate',
      'slo',
      'regression',
      'ok',
    ]
    const others = [...rows.keys()].filter((name) => !/^[A-Z_]+$/.test(name))
    expect(new Set(others)).toEqual(new Set([...keys, ...judging]))
  })

  test.each(Object.entries(slo!.properties))('gives default and range of slo.%s as the schema has them', (key, { minimum, maximum }) => {
    const [given, range] = rows.get(key)!
    expect(given).toBe(`\`${defaultConfig.slo[key as keyof typeof defaultConfig.slo]}\``)
    expect(range!.split(' to ').map(Number)).toEqual([minimum, maximum])
  })

  test.each(['regression_threshold_percent', 'iterations', 'warmup_iterations', 'monitoring_interval_ms'])(
    'gives the range of %s',
    (key) => {
      const { minimum, maximum } = schema.properties[key]!
      expect(rows.get(key)![2]!.split(' to ').map(Number)).toEqual([minimum, maximum])
    },
  )

  test.each([
    'strict',
    'fail_on_regression',
    'regression_threshold_percent',
    'update_baseline_on_success',
    'concurrent_users',
    'data_scales',
  ] as const)('gives the default of %s', (key) => {
    expect(JSON.parse(rows.get(key)![1]!.replaceAll('`', ''))).toEqual(defaultConfig[key])
  })

  test('names all operators and severities, and its example is a valid file', () => {
    for (const word of [...operators, ...severities]) expect(docs).toContain(`\`${word}\``)
    const example = /```json\n([\s\S]*?)```/.exec(docs)?.[1] ?? ''
    expect(parseBenchmarkConfig(example, 'docs/config.md').gates).toHaveLength(2)
  })

  test('names every environment variable that is read, but for those between processes of our own', () => {
    const root = join(import.meta.dirname, '../..')
    const sources = ['src', 'fixtures', 'reporters'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .map((path) => readFileSync(join(root, folder, path), 'utf8')),
    )
    const own = new Set(['VITEST_PERF_AGENT', 'VITEST_PERF_SERVER_ID', 'VITEST_PERF_BALANCER'])
    const read = new Set(sources.flatMap((text) => [...text.matchAll(/'((?:TERRAPHIM|VITEST_PERF)_\w+)'/g)].map(([, name]) => name ?? '')))
    const named = [...rows.keys()].filter((name) => /^(?:TERRAPHIM|VITEST_PERF)_/.test(name))
    expect(named.toSorted()).toEqual([...read].filter((name) => !own.has(name)).toSorted())
  })
})
