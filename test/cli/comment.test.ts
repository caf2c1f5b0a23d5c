import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Run } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { resultsText } from '../../src/report/results-text.ts'
import { hostileRun } from '../reporters/hostile.ts'
import { failingRun, passingRun } from '../report/runs.ts'
import { command, ownFolder } from './command-line.ts'
import { github, type GitHub } from './github-api.ts'

const token = 'ghs_planted0token0planted'
const commit = 'a'.repeat(40)
const marker = '<!-- vitest-perf: benchmarks -->'

let api: GitHub
let folder: string
beforeAll(async () => {
  api = await github(token)
})
afterAll(() => api.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitest-perf-comment-'))
  api.pulls.clear()
  api.comments.clear()
  api.requests.length = 0
  api.failing.length = 0
  api.pulls.set(7, { state: 'open', head: { sha: commit, ref: 'faster', repo: { full_name: 'somebody/project' } } })
  api.comments.set(7, [])
})
afterEach(() => rm(folder, { recursive: true, force: true }))

interface Given {
  readonly run?: Run
  readonly number?: string
  readonly event?: Readonly<Record<string, unknown>>
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** The command in a job that another workflow's run has started. */
async function comment({ run = failingRun, number = '7\n', event = {}, args = [], env = {} }: Given = {}) {
  const results = join(folder, 'handed')
  await mkdir(results, { recursive: true })
  await writeFile(join(results, 'benchmark_results.json'), resultsText(reportOf(run).results))
  await writeFile(join(results, 'pull-request.txt'), number)
  const workflow_run = {
    event: 'pull_request',
    head_sha: commit,
    head_branch: 'faster',
    head_repository: { full_name: 'somebody/project' },
    html_url: 'https://github.com/owner/project/actions/runs/1',
    ...event,
  }
  await writeFile(join(folder, 'event.json'), JSON.stringify({ workflow_run }))
  return command(ownFolder, ['comment', results, ...args], {
    GITHUB_EVENT_NAME: 'workflow_run',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_REPOSITORY: 'owner/project',
    GITHUB_API_URL: api.url,
    GITHUB_TOKEN: token,
    ...env,
  })
}

const bodies = (): string[] => (api.comments.get(7) ?? []).map(({ body }) => body)

describe('vitest-perf comment', () => {
  it('writes one comment and rewrites it later, whatever stands between', async () => {
    api.comments.set(
      7,
      Array.from({ length: 230 }, (_, id) => ({ id, body: `${marker} copied by a person`, user: { type: 'User' } })),
    )
    const first = await comment()
    expect(first).toMatchObject({ code: 0, out: 'wrote the comment of pull request 7\n', err: '' })
    expect(bodies()).toHaveLength(231)
    expect(bodies().at(-1)).toMatch(new RegExp(`^${marker}\n# Fail: `))
    expect(bodies().at(-1)).toContain('[Run and reports](https://github.com/owner/project/actions/runs/1) of aaaaaaaaaa')

    expect((await comment({ run: passingRun })).out).toBe('updated the comment of pull request 7\n')
    expect(bodies()).toHaveLength(231)
    expect(bodies().at(-1)).toContain('# Pass')
    expect((await comment({ run: passingRun })).out).toBe('left the comment of pull request 7\n')

    await comment({ args: ['--name', 'api'] })
    expect(bodies().at(-1)).toMatch(/^<!-- vitest-perf: api -->/)
    expect(bodies()).toHaveLength(232)
  }, 60_000)

  it.each([
    ['has newer commits', { state: 'open', sha: 'b'.repeat(40) }, 'Pull request 7 has newer commits'],
    ['is closed', { state: 'closed', sha: commit }, 'Pull request 7 is closed.'],
  ])('says nothing about a pull request that %s', async (_, { state, sha }, told) => {
    api.pulls.set(7, { state, head: { sha, ref: 'faster', repo: { full_name: 'somebody/project' } } })
    const { code, out } = await comment()
    expect(out).toContain(told)
    expect(code).toBe(0)
    expect(bodies()).toEqual([])
  })

  it('does nothing after a run that a push started', async () => {
    expect((await comment({ event: { event: 'push' } })).out).toBe('Nothing to comment on: the run was started by push.\n')
    expect(api.requests).toEqual([])
  })

  it.each([
    ['another branch', { ref: 'other', repo: { full_name: 'somebody/project' } }],
    ['another fork with the same commit', { ref: 'faster', repo: { full_name: 'else/project' } }],
    ['a fork that is gone', { ref: 'faster', repo: null }],
  ])('refuses a number that is the pull request of %s', async (_, head) => {
    api.pulls.set(7, { state: 'open', head: { sha: commit, ...head } })
    const { code, err } = await comment()
    expect(err).toContain('Pull request 7 is not of the branch that was measured.')
    expect(err).toContain('[COMMENT_REFUSED]')
    expect(code).toBe(5)
    expect(bodies()).toEqual([])
  })

  it.each(['', '7/../8', '7\n8', 'root:x:0:0'])('takes %j for no number, and does not repeat it', async (number) => {
    const { code, err, out } = await comment({ number })
    expect(err).toContain('does not hold the number of a pull request')
    if (number.length > 4) expect(err + out).not.toContain(number)
    expect(code).toBe(5)
    expect(api.requests).toEqual([])
  })

  it('shows hostile names as they are: no mention, no markup, no picture, no template of theirs', async () => {
    await mkdir(join(folder, 'handed/templates'), { recursive: true })
    await writeFile(join(folder, 'handed/templates/summary.hbs'), 'OWNED {{verdict.sentence}}')
    const reporting = { ...hostileRun.config.reporting, templates: join(folder, 'handed/templates') }
    // A metric of this name is refused with its file.
    const cases = hostileRun.cases.filter(({ identity }) => identity.id !== 'case_proto')
    const { code } = await comment({ run: { ...hostileRun, cases, config: { ...hostileRun.config, reporting } } })
    expect(code).toBe(0)
    const [body = ''] = bodies()
    expect(body).not.toContain('OWNED')
    // Nothing is markup in an indented block.
    const own = body
      .replace(marker, '')
      .replaceAll(/<\/?(details|summary)>/g, '')
      .replaceAll(/^ {4}.*$/gm, '')
    expect(own).not.toMatch(/<[a-z!/]/i)
    expect(own).not.toMatch(/(^|[^\\])!\[|(^|[^\w])@[a-z]/im)
    // The one link is ours.
    expect([...own.matchAll(/(?<!\\)\]\((\S+)\)/g)].map(([, link]) => link)).toEqual(['https://github.com/owner/project/actions/runs/1'])
  })

  it('takes what is no results file for none', async () => {
    await comment({ number: '7' })
    await writeFile(join(folder, 'handed/benchmark_results.json'), '{"schema":"vitest-perf/1","results":{}}')
    const { code, err } = await command(ownFolder, ['comment', join(folder, 'handed')], {
      GITHUB_EVENT_NAME: 'workflow_run',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      GITHUB_REPOSITORY: 'owner/project',
      GITHUB_API_URL: api.url,
      GITHUB_TOKEN: token,
    })
    expect(err).toContain('is not a benchmark_results.json')
    expect(code).toBe(64)
  })

  it('asks again where GitHub stumbles, and gives up where it refuses, without a word of the token', async () => {
    api.failing.push(502)
    expect((await comment()).code).toBe(0)
    const { code, err, out } = await comment({ env: { GITHUB_TOKEN: 'ghs_wrong0token' } })
    expect(err).toContain('GET /pulls/7: status 401.')
    expect(err).toContain('[GITHUB_REFUSED]')
    expect(err + out).not.toContain('ghs_wrong0token')
    expect(code).toBe(5)
  })

  it.each([
    ['outside of such a job', { GITHUB_EVENT_NAME: 'pull_request' }, 'tell of no workflow_run'],
    ['without a token', { GITHUB_TOKEN: '' }, 'GITHUB_TOKEN is not set'],
    ['where the repository has no name', { GITHUB_REPOSITORY: 'owner/project/../other' }, 'GITHUB_REPOSITORY names no repository'],
  ])('is a mistake %s', async (_, env, told) => {
    const { code, err } = await comment({ env })
    expect(err).toContain(told)
    expect(err).toContain('[GITHUB_JOB]')
    expect(code).toBe(64)
  })
})
