import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reporters } from '../../reporters/index.ts'
import { historyOfRun } from '../../src/baseline/history-of-run.ts'
import { appendHistory } from '../../src/baseline/history-store.ts'
import { withHistory } from '../../src/main/history.ts'
import type { Run } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { environment, measuredFunction, randomFrom, runOf } from '../report/run-builder.ts'
import { command, ownFolder } from './command-line.ts'

const day = 86_400_000
const first = Date.UTC(2026, 8, 1)
const commitOf = (at: number): string => String(at).padStart(2, '0').repeat(20)

/** Noise of 1 %, and from the 30th run on a fifth more. */
function nightly(at: number): Run {
  const random = randomFrom(at + 1)
  const mean = (at >= 30 ? 1.2 : 1) * (1 + 0.01 * (random() - 0.5))
  return runOf({
    started_at: first + at * day,
    environment: { ...environment, branch: null, commit: commitOf(at) },
    cases: [measuredFunction('search', mean)],
  })
}

describe('a report of a stored run', () => {
  let folder: string
  let live: Run
  const at = (name: string): string => join(folder, name)
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitest-perf-stored-history-'))
    for (let run = 0; run < 39; run++) await appendHistory(at('history.ndjson'), historyOfRun(nightly(run)))
    const wishes = { place: at('history.ndjson'), file: at('history.ndjson'), root: folder, filtered: false, write: true }
    live = (await withHistory(nightly(39), wishes)).run
    await appendHistory(at('history.ndjson'), historyOfRun(nightly(40)))
    const elsewhere = { ...environment, branch: null, fingerprint: 'arm64', cpu_model: 'Another CPU' }
    await appendHistory(at('history.ndjson'), historyOfRun({ ...nightly(3), environment: elsewhere }))
    await writeFile(at('one.json'), reporters.json.render(reportOf(live)))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('finds the history beside it, and says of trends what the run itself said', async () => {
    const { out, err, code } = await command(ownFolder, ['report', at('one.json'), '-f', 'markdown'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(await reporters.markdown.render(reportOf(live)))
    expect(out).toContain('p10\\_time\\_ms went from')
    expect(out).toContain('git log 292929292..303030303')
  })

  it('shows the page that the run itself showed, and names other machines', async () => {
    const { out } = await command(ownFolder, ['report', at('one.json'), '-f', 'html'])
    const own = String(await reporters.html.render(reportOf(live)))
    const trendOf = (page: string): string => /<section class="card trend"[^]*?<\/section>/.exec(page)?.[0] ?? ''
    expect(trendOf(own)).toContain('Trend over 40 runs')
    expect(trendOf(own)).toContain('geometric mean of all times')
    expect(trendOf(own)).not.toContain('Another CPU')
    expect(trendOf(out)).toContain('Another CPU, 8 cores, x64, Linux 6.12.0, Node 24.21.0: 1 run,')
    expect(trendOf(out).replace(/<details><summary>Other machines.*?<\/details>/, '')).toBe(trendOf(own))
  })

  it('takes another history by name, and says where there is none', async () => {
    const apart = await mkdtemp(join(tmpdir(), 'vitest-perf-stored-apart-'))
    await writeFile(join(apart, 'one.json'), reporters.json.render(reportOf(nightly(39))))
    const bare = await command(ownFolder, ['report', join(apart, 'one.json'), '-f', 'markdown'])
    expect([bare.code, bare.err]).toEqual([0, expect.stringContaining('no history.ndjson beside the results')])
    const named = await command(ownFolder, ['report', join(apart, 'one.json'), '-f', 'markdown', '--history', at('history.ndjson')])
    expect(named.out).toContain('p10\\_time\\_ms went from')
    const wrong = await command(ownFolder, ['report', at('one.json'), '-f', 'markdown', '--history', at('nowhere.ndjson')])
    expect([wrong.code, wrong.err]).toEqual([64, expect.stringContaining('There is no history at')])
    await rm(apart, { recursive: true })
  })
})
