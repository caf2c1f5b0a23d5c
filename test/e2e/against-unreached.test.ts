import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'

/** The first file is quick; the second one never comes back, and leaves a mark when it begins. */
const quick = `
import { bench } from 'vitest-perf'
bench.track('quick', () => 1)
`
const endless = `
import { writeFileSync } from 'node:fs'
import { bench } from 'vitest-perf'
bench.track('endless', async () => {
  writeFileSync(process.env.MARKS + '/begun', '')
  await new Promise((resolve) => setTimeout(resolve, 500_000))
  return 1
}, { timeout: '10m' })
bench.track('behind', () => 1)
`
/** What a case that no pair reached is: neither gone nor a pass. */
const open = { state: 'skipped', comparison: { verdict: 'inconclusive', runs: 0, further_pairs: 24 } }

let project: Repository
let env: Record<string, string>
beforeAll(async () => {
  project = await repository({})
  env = { MARKS: project.folder }
  await project.commit({
    '.gitignore': 'node_modules\nbenchmark-results\nbegun\n*.json\n',
    'a.bench.js': quick.replace('1)', '2)'),
    'b.bench.js': endless,
  })
  // Texts differ, so base's own benchmarks are read too.
  await project.write({ 'a.bench.js': quick })
}, 60_000)
afterAll(() => project.remove())

const nothingIsLeft = async (): Promise<void> => {
  await expect.poll(() => project.left(), { timeout: 20_000 }).toEqual([])
  await expect.poll(() => project.worktrees(), { timeout: 20_000 }).toEqual([])
}

describe('a comparison that ends in its first round', () => {
  it('by Ctrl-C: cases of files that had no pair are open, and none is missing', async () => {
    const run = project.startAgainst(['HEAD', '--json', 'stopped.json'], { env })
    await expect.poll(() => existsSync(join(project.folder, 'begun')), { timeout: 120_000 }).toBe(true)
    run.kill('SIGINT')
    const { code, output } = await run.finished
    expect(code, output).toBe(130)
    const { results, missing } = JSON.parse(await project.read('stopped.json'))
    expect(missing).toEqual([])
    expect(results).toMatchObject({ quick: { state: 'measured' }, endless: open, behind: open })
    await nothingIsLeft()
  }, 200_000)

  it('by its budget: the same, and it says so', async ({ skip }) => {
    // How long the first pair takes depends on how busy the machine is.
    for (const budget of ['12s', '50s']) {
      const { code, output } = await project.against(['HEAD', '--budget', budget, '--json', 'late.json'], { env })
      await nothingIsLeft()
      if (output.includes('AGAINST_BUDGET_OVER')) continue
      const { results, missing, against } = JSON.parse(await project.read('late.json'))
      expect(against).toMatchObject({ out_of_time: true })
      expect(missing).toEqual([])
      expect(results).toMatchObject({ quick: { state: 'measured' }, endless: open, behind: open })
      expect(output).toContain('The budget of time ended before all was settled')
      expect(code, output).toBe(0)
      return
    }
    skip('not applicable: this machine is too busy for one pair in 50 s')
  }, 200_000)
})

describe('a budget', () => {
  it('ends what comes before the pairs too, and is named with what went on', async () => {
    const { code, output } = await project.against(['HEAD', '--budget', '3s', '--setup', 'sleep 120'], { env })
    expect(output).toMatch(/The budget of 3 s was over while .*, before any pair of processes was complete/)
    expect(output).toContain('AGAINST_BUDGET_OVER')
    expect(code, output).toBe(5)
    await nothingIsLeft()
  }, 100_000)
})
