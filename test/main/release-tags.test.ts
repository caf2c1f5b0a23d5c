import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tempDir } from '../../fixtures/temp-dir/index.ts'
import type { History } from '../../src/baseline/history.ts'
import { trendReport } from '../../src/baseline/trend-report.ts'
import { releaseTags, withReleases } from '../../src/main/release-tags.ts'

const folder = await tempDir()
afterAll(() => folder.remove())
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder.path, encoding: 'utf8' })
const commits: string[] = []

beforeAll(() => {
  git('init', '-q')
  for (let count = 0; count < 8; count++) {
    git('commit', '-q', '--allow-empty', '-m', `commit ${count}`)
    commits.push(git('rev-parse', 'HEAD').trim())
  }
  git('tag', 'v1.9.0', commits[2]!)
  for (const tag of ['nightly', 'v2.0.0-rc.1', 'exp-0.5', '2026']) git('tag', tag, commits[6]!)
  git('tag', '-a', '-m', 'Release', 'v1.10.0', commits[2]!)
  git('tag', 'api@2.0.0', commits[4]!)
})

/** As a run leaves it: nothing was tagged when its commit was measured. */
const history = (): History => ({
  machines: [
    {
      fingerprint: 'm',
      machine: 'a machine',
      runs: commits.map((commit, at) => ({
        run: `r${at}`,
        at: new Date(Date.UTC(2026, 0, 1 + at)).toISOString(),
        commit,
        branch: 'main',
        fingerprint: 'm',
        machine: 'a machine',
        ...(at === 0 ? { release: 'v0.1' } : {}),
      })),
      series: [{ case: 'a', metric: 'p50_time_ms', unit: 'ms', better: 'lower', from: 0, values: commits.map(() => 1) }],
    },
  ],
  skipped_lines: 0,
  duplicates: 0,
})

describe('releases', () => {
  it('are the newest version at each commit, of plain and of annotated tags, and no pre-release', async () => {
    const tags = await releaseTags(folder.path)
    expect(Object.fromEntries(tags)).toEqual({ [commits[2]!]: 'v1.10.0', [commits[4]!]: 'api@2.0.0' })
  })

  it('that were tagged after the measurement count, and the trend tells the change since the last', async () => {
    const tagged = withReleases(history(), await releaseTags(folder.path))
    const [machine] = tagged.machines
    const names = machine!.runs.map(({ release }) => release)
    expect(names).toEqual(['v0.1', undefined, 'v1.10.0', undefined, 'api@2.0.0', undefined, undefined, undefined])
    expect(trendReport(tagged)?.trends[0]?.since_release).toMatchObject({ release: 'api@2.0.0', index: 4 })
    expect(trendReport(history())?.trends[0]?.since_release).toMatchObject({ release: 'v0.1' })
  })

  it('are none where there is no repository', async () => {
    const none = await tempDir()
    expect(await releaseTags(none.path)).toEqual(new Map())
    await none.remove()
  })
})
