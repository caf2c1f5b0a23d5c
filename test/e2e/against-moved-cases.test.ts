import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import type { Finished } from './guest.ts'

/** Cases are declared by what the code under test has, so the same benchmark file makes others of them in each version. */
const bench = `
import { bench } from 'vitest-perf'
import { shy, values, value } from './values.js'
for (const name of Object.keys(values)) bench.track(name, () => value(name), { better: 'lower' })
bench.skipIf(shy).track('shy', () => 1)
`
const values = (all: Readonly<Record<string, number>>, { shy = false, more = '' } = {}): string => `
${more}
export const shy = ${shy}
export const values = ${JSON.stringify(all)}
export const value = (name) => values[name]
`
/** From its ninth process on, base cannot run the case any more. */
const failingLater = (starts: string): string => `
import { appendFileSync, readFileSync } from 'node:fs'
let counted = false
export const shy = false
export const values = ${JSON.stringify({ old: 1, slower: 100, same: 100, shaky: 100 })}
export function value(name) {
  if (name !== 'shaky') return values[name]
  if (!counted) appendFileSync('${starts}', '.')
  counted = true
  if (readFileSync('${starts}', 'utf8').length > 8) throw new Error('base fails later')
  return values[name]
}
`

let project: Repository
let run: Finished
// oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
let results: any
beforeAll(async () => {
  project = await repository({})
  await project.commit({
    'values.js': failingLater(join(project.folder, 'starts')),
    'a.bench.js': bench,
    '.gitignore': 'node_modules\nbenchmark-results\nstarts\n',
  })
  await project.write({ 'values.js': values({ slower: 120, same: 100, shaky: 120 }, { shy: true }) })
  run = await project.against(['HEAD', '--pairs', '20', '--json', 'out.json'])
  results = JSON.parse(await project.read('out.json'))
}, 240_000)
afterAll(() => project.remove())

const comparison = (id: string) => results.results[id]?.comparison

describe('cases that stand at other places of the file in base', () => {
  it('are compared with themselves in further pairs too', () => {
    expect(comparison('slower'), run.output).toMatchObject({ verdict: 'regressed', base: expect.closeTo(100, 5) })
    // Some may have been left out, where the machine was busy.
    expect(comparison('slower').runs).toBeGreaterThan(8)
    expect(comparison('same')).toMatchObject({ verdict: 'unchanged' })
    expect(run.code, run.output).toBe(4)
  })

  it('are missing where only the code under test makes them go, or where head alone skips them', () => {
    expect(results.missing).toMatchObject([{ id: 'old', comparison: { verdict: 'missing' } }])
    expect(comparison('shy')).toMatchObject({ verdict: 'missing' })
  })

  it('end where base does not measure them any more, and say why', () => {
    expect(comparison('shaky')).toMatchObject({ verdict: 'inconclusive' })
    expect(comparison('shaky').runs).toBeLessThanOrEqual(8)
    expect(run.output).toContain('In some processes the base could not run this case: base fails later')
  })
})
