import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { repository, type Repository } from './against-guest.ts'
import type { Started } from './guest.ts'
import { alive, gone, pidsIn } from './processes.ts'

/** A value that no number of pairs settles, so that the second stage lasts. */
const bench = `
import { appendFileSync } from 'node:fs'
import { bench } from 'vitest-perf'
appendFileSync(process.env.PIDS + '/pids', process.pid + '\\n')
bench.track('noise', () => 1 + Math.random())
`
/** Writing the reports takes a while where the test wants it. */
const config = `
import { writeFileSync, existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'
const slow = {
  file: 'slow.txt',
  async render() {
    const marker = process.env.PIDS + '/reporting'
    writeFileSync(marker, '')
    for (let i = 0; i < 200 && existsSync(marker); i++) await setTimeout(50)
    return 'whole'
  },
}
export default defineConfig({ plugins: [perf({ reporters: process.env.SLOW ? { slow } : {} })] })
`

let project: Repository
let env: Record<string, string>
beforeAll(async () => {
  project = await repository({})
  env = { PIDS: project.folder }
  await project.commit({
    '.gitignore': 'node_modules\nbenchmark-results\npids\nreporting\n',
    'a.bench.js': bench,
    'vitest.config.ts': config,
  })
}, 60_000)
afterAll(() => project.remove())
beforeEach(() => writeFile(join(project.folder, 'pids'), ''))

const nothingIsLeft = async (): Promise<void> => {
  await gone(await pidsIn(project.folder))
  await expect.poll(() => project.left(), { timeout: 20_000 }).toEqual([])
  await expect.poll(() => project.worktrees(), { timeout: 20_000 }).toEqual([])
}
const says = (run: Started, text: RegExp) => expect.poll(() => run.output(), { timeout: 60_000 }).toMatch(text)

describe('Ctrl-C in a comparison', () => {
  it('in the second stage: what was measured is told, and nothing is left', async () => {
    const run = project.startAgainst(['HEAD'], { env })
    await says(run, /1 case to settle/)
    run.kill('SIGINT')
    const { code, output } = await run.finished
    expect(code, output).toBe(130)
    const results = await project.results()
    expect(results.verdict).toMatchObject({ passed: false, exit_reason: 'interrupted' })
    expect(results.results.noise.comparison.runs).toBeGreaterThan(7)
    await nothingIsLeft()
  }, 120_000)

  it('while reports are written: they become whole, and the verdict stands', async () => {
    const run = project.startAgainst(['HEAD', '--pairs', '1'], { env: { ...env, SLOW: '1' } })
    await expect.poll(() => readdirSync(project.folder), { timeout: 60_000 }).toContain('reporting')
    run.kill('SIGINT')
    await says(run, /writing the reports/i)
    execFileSync('rm', [join(project.folder, 'reporting')])
    const { code, output } = await run.finished
    expect(code, output).toBe(0)
    expect(await project.read('benchmark-results/latest/slow.txt')).toBe('whole')
    await nothingIsLeft()
  }, 120_000)
})

/** Processes of this run that clear up when it is killed. */
function janitorsOf(run: Started): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        return Number(parent) === run.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('janitor-process')
      } catch {
        return false
      }
    })
    .map(Number)
}

describe.runIf(process.platform === 'linux')('a comparison that was killed together with what clears up behind it', () => {
  it('is cleared up by the next one', async () => {
    const run = project.startAgainst(['HEAD'], { env })
    await expect.poll(() => pidsIn(project.folder), { timeout: 60_000 }).not.toEqual([])
    const janitors = janitorsOf(run)
    expect(janitors).toHaveLength(1)
    for (const pid of janitors) process.kill(pid, 'SIGKILL')
    run.kill('SIGKILL')
    await run.finished
    await expect.poll(() => janitors.filter(alive), { timeout: 10_000 }).toEqual([])
    expect(await project.left()).toHaveLength(1)
    expect(await project.worktrees()).toHaveLength(2)
    const own = join(project.temporary, 'a worktree of mine')
    await project.git('worktree', 'add', '-q', '--detach', own, 'HEAD')
    const { code, output } = await project.against(['HEAD', '--pairs', '1'], { env })
    expect(code, output).toBe(0)
    await gone(await pidsIn(project.folder))
    expect(await project.left()).toEqual([])
    expect(await project.worktrees()).toEqual([expect.stringContaining('a worktree of mine')])
    await project.git('worktree', 'remove', own)
  }, 120_000)
})

describe('a disk that is full', () => {
  it('is said, and nothing is left on it', async ({ skip }) => {
    const small = join(project.temporary, 'small')
    await mkdir(small)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', small], { stdio: 'ignore' })
    } catch {
      return skip('not applicable: a small file system can only be mounted by root')
    }
    try {
      await project.commit({ 'large.txt': 'x'.repeat(2_000_000) })
      const { code, output } = await project.against(['HEAD'], { env: { ...env, TMPDIR: small } })
      expect(output).toMatch(/its disk is full \(\d\.\d MB free\)/)
      expect(output).toContain('AGAINST_WORKSPACE')
      expect(code, output).toBe(5)
      expect(readdirSync(small)).toEqual([])
      expect(await project.worktrees()).toEqual([])
    } finally {
      execFileSync('umount', [small])
    }
  }, 60_000)
})
