import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import { configWith } from './guest.ts'

const bench = `
import { bench } from 'vitest-perf'
bench.track('size', () => Number(process.env.SIZE), { unit: 'points' })
`
const file = 'benchmark-results/history.ndjson'

let project: Repository
beforeAll(async () => {
  project = await repository({ 'vitest.config.ts': configWith(`{ baseline: 'history' }`) })
  await project.commit({ 'a.bench.js': bench })
}, 60_000)
afterAll(() => project.remove())

const measure = (size: number) => project.vitest(['bench', '--run'], { SIZE: String(size) })

describe(`perf({ baseline: 'history' })`, () => {
  it('compares with the runs of the main branch, and other branches do not matter', async () => {
    const first = await measure(100)
    expect(first.code, first.output).toBe(0)
    const line = JSON.parse(await project.read(file))
    const size = line.columns.find(({ metric }: { readonly metric: string }) => metric === 'value')
    const onDay = (day: number, branch: string, value: number) =>
      JSON.stringify({
        ...line,
        run: `${branch} ${day}`,
        at: `2026-01-${10 + day}T00:00:00.000Z`,
        branch,
        columns: [{ ...size, values: [value] }],
      })
    const days = Array.from({ length: 12 }, (_, day) => [onDay(day, 'main', 100 + (day % 3) / 10), onDay(day, 'feature', 160)])
    await project.write({ [file]: `${[...days.flat(), JSON.stringify(line)].join('\n')}\n` })

    const { code, output } = await measure(150)
    const { results, verdict } = await project.results()
    expect(results.size.comparison, output).toMatchObject({
      verdict: 'regressed',
      runs: 13,
      against: expect.stringMatching(/^history of /),
    })
    expect(results.size.comparison.effect_percent).toBeCloseTo(50, 0)
    expect(verdict.exit_reason).toBe('regression')
    expect(code).toBe(1)
    const lines = (await project.read(file)).trim().split('\n')
    expect(lines).toHaveLength(26)
  }, 60_000)
})
