import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commentWorkflow } from '../../src/cli/init/comment-workflow.ts'
import { readProject } from '../../src/cli/init/project.ts'
import { workflow } from '../../src/cli/init/workflow.ts'
import { github } from '../cli/github-api.ts'
import { type Guest, guest } from '../e2e/guest.ts'
import { Runner, type Step, workflowOf } from './steps.ts'

const root = join(import.meta.dirname, '../..')
const source = (work: number) => `export const work = ${work}
export function addUp() { let sum = 0; for (let at = 0; at < work; at++) sum += at; return sum }
`
const bench = `
import { bench } from 'vitest-perf'
import { addUp, work } from './add.ts'
bench('add up', { time: '30ms', warmup: '10ms' }, addUp)
bench.track('size', () => work, { unit: 'B' })
`
const gates = (limit: number) =>
  JSON.stringify({ gates: [{ name: 'Size', metric: 'size.value', operator: 'LessThan', threshold: limit, severity: 'Blocking' }] })

const named = (steps: readonly Step[], part: string): Step => {
  const found = steps.find(({ name = '', run = '' }) => name.includes(part) || run.includes(part))
  if (!found) throw new Error(`no step has ${part}`)
  return found
}

let temp: string
beforeAll(async () => {
  temp = await mkdtemp(join(tmpdir(), 'vitest-perf-runner-'))
})
afterAll(() => rm(temp, { recursive: true, force: true }))

// The shell of the steps is that of GitHub's Linux.
describe.skipIf(process.platform === 'win32')('the steps that init writes, run with the files of a runner', () => {
  let project: Guest
  let steps: readonly Step[]
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: project.folder, encoding: 'utf8' })

  beforeAll(async () => {
    project = await guest({
      '.gitignore': 'node_modules\nbenchmark-results\n',
      'src/add.ts': source(1000),
      'src/add.bench.ts': bench,
      'benchmark-config.json': gates(5000),
    })
    const bin = join(project.folder, 'node_modules/.bin')
    await mkdir(bin)
    await symlink('../vitest-perf/dist/src/cli.js', join(bin, 'vitest-perf'))
    await chmod(join(project.folder, 'node_modules/vitest-perf/dist/src/cli.js'), 0o755)
    git('init', '-q', '-b', 'main')
    git('add', '.')
    git('commit', '-qm', 'base')
    steps = workflowOf(workflow(readProject(project.folder))).jobs['benchmarks']!.steps
  }, 60_000)
  afterAll(() => project.remove())

  it('on the main branch continue baseline and history', async () => {
    const runner = new Runner(project.folder, join(temp, 'main'), {})
    expect((await runner.run(named(steps, 'vitest-perf doctor'))).code).toBe(0)
    const { code, output, summary } = await runner.run(named(steps, 'continue the baseline'))
    expect(code, output).toBe(0)
    expect(summary).toContain('# Pass')
    expect(JSON.parse(await project.read('benchmark-results/baseline.json'))).toMatchObject({ schema: expect.stringContaining('baseline') })
    expect((await project.read('benchmark-results/history.ndjson')).trim().split('\n')).toHaveLength(1)
    // What the workflow keeps is what was written.
    const kept = String(named(steps, 'Keep baseline').with?.['path']).trim().split('\n')
    for (const path of kept) expect((await project.read(path)).length).toBeGreaterThan(0)
  }, 120_000)

  it('take a change that is meant as the new level where somebody says so, and nothing without a reason', async () => {
    const path = 'benchmark-results/baseline.json'
    const before = await project.read(path)
    // Half of the level that is stored: the same code is now twice as large, for sure. Times are far below theirs, however busy the machine is.
    const slow = before.replaceAll(/"value": ([\d.e-]+)/g, (_, value: string) => `"value": ${value === '1000' ? 500 : 100 * Number(value)}`)
    await project.write({ [path]: slow })
    expect(await project.read(path)).not.toBe(before)
    const inputs = { accept: 'size', reason: 'The new "index" costs $HOME; it is worth it' }
    const runner = new Runner(project.folder, join(temp, 'accept'), { inputs })
    const measured = await runner.run(named(steps, 'continue the baseline'))
    expect(measured.code, measured.output).toBe(4)
    const unexplained = new Runner(project.folder, join(temp, 'unexplained'), { inputs: { ...inputs, reason: '' } })
    expect((await unexplained.run(named(steps, 'Accept a change'))).code).toBe(64)
    const accepted = await runner.run(named(steps, 'Accept a change'))
    expect(accepted.code, accepted.output).toBe(0)
    expect(accepted.output).toMatch(/^accepted {2}size {2}value \+100/m)
    expect(await project.read(path)).toContain(JSON.stringify(inputs.reason))
    const next = await runner.run(named(steps, 'continue the baseline'))
    expect(next.output).not.toContain('size regressed')
    expect((await project.results()).results.size.comparison.verdict).not.toBe('regressed')
  }, 120_000)

  it('on a pull request compare the merge with its base, hand the results over, and end in one comment', async () => {
    git('checkout', '-qb', 'slower')
    await project.write({ 'src/add.ts': source(20_000) })
    git('commit', '-qam', 'slower')
    const commit = git('rev-parse', 'HEAD').trim()
    git('checkout', '-q', 'main')
    git('merge', '-q', '--no-ff', '-m', 'merge', 'slower')
    const before = await project.read('benchmark-results/history.ndjson')

    const context = { github: { event: { pull_request: { number: 12 } } } }
    const runner = new Runner(project.folder, join(temp, 'pull'), context)
    const compare = named(steps, 'compare it with its base')
    const measured = await runner.run({ ...compare, run: (compare.run ?? '').replace('15m', '60s') })
    expect(measured.code, measured.output).toBe(2)
    expect(measured.outputs).toMatchObject({ passed: 'false', exit_reason: 'gate' })
    expect(measured.output).toMatch(/^::error title=Performance gate failed%3A Size,file=src\/add\.bench\.ts/m)
    // Twenty times the work. How soon that is proven depends on what else the machine does.
    const { comparison } = (await project.results()).results.add_up
    expect(comparison.effect_percent).toBeGreaterThan(100)
    expect(['regressed', 'inconclusive']).toContain(comparison.verdict)
    expect(measured.summary).toContain('add up')
    expect(await project.read('benchmark-results/history.ndjson')).toBe(before)

    const handed = await runner.run(named(steps, 'Hand the results over'))
    expect(handed.code, handed.output).toBe(0)

    const api = await github('ghs_token')
    api.pulls.set(12, { state: 'open', head: { sha: commit, ref: 'slower', repo: { full_name: 'somebody/project' } } })
    api.comments.set(12, [])
    const event = {
      head_sha: commit,
      head_branch: 'slower',
      head_repository: { full_name: 'somebody/project' },
      html_url: 'https://github.com/run',
    }
    await writeFile(join(temp, 'event.json'), JSON.stringify({ workflow_run: { event: 'pull_request', ...event } }))
    const comment = workflowOf(commentWorkflow(readProject(project.folder))).jobs['comment']!.steps
    const other = new Runner(
      project.folder,
      join(temp, 'pull'),
      { github: { token: 'ghs_token' } },
      {
        GITHUB_EVENT_NAME: 'workflow_run',
        GITHUB_EVENT_PATH: join(temp, 'event.json'),
        GITHUB_API_URL: api.url,
      },
    )
    const { code, output } = await other.run(named(comment, 'Write the comment'))
    api.close()
    expect(code, output).toBe(0)
    const [written] = api.comments.get(12) ?? []
    expect(written?.body).toMatch(/^<!-- vitest-perf: benchmarks -->\n# Fail/)
    expect(written?.body).toMatch(/\| (▲ slower|\? unclear) \| add up \|/)
  }, 240_000)
})

describe.skipIf(process.platform === 'win32')('the steps of a release', () => {
  const { jobs } = workflowOf(execFileSync('cat', [join(root, '.github/workflows/release.yml')], { encoding: 'utf8' }))

  it.each([
    ['v1.2.3', '1.2.3', 'owner/project', 0, ''],
    ['v1.2.4', '1.2.3', 'owner/project', 1, 'The tag is v1.2.4 and the version 1.2.3'],
    ['v1.3.0', '1.3.0', 'owner/project', 1, 'CHANGELOG.md has no heading for 1.3.0'],
    ['v1.2', '1.2', 'owner/project', 1, 'CHANGELOG.md has no heading for 1.2'],
    ['v2.0.0', '2.0.0', 'owner/project', 1, 'CHANGELOG.md has no heading for 2.0.0'],
    ['v2.0.0-beta.1', '2.0.0-beta.1', 'owner/project', 0, ''],
    ['v1.2.3', '1.2.3', 'somebody/else', 1, 'npm takes no provenance unless'],
  ])('with the tag %s of version %s in %s end with %i', async (tag, version, repository, code, told) => {
    const folder = await mkdtemp(join(temp, 'release-'))
    await writeFile(
      join(folder, 'package.json'),
      JSON.stringify({ version, repository: { url: 'git+https://github.com/owner/project.git' } }),
    )
    await writeFile(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## [2.0.0-beta.1]\n\n## 1.2.3 - 2026-12-01\n')
    const runner = new Runner(folder, folder, {}, { GITHUB_REF_NAME: tag, GITHUB_REPOSITORY: repository })
    const ended = await runner.run(named(jobs['check']!.steps, 'The tag is the version'))
    expect(ended.output).toContain(told)
    expect(ended.code).toBe(code)
  })

  it.each([
    ['v1.2.3', '1.2.2', 'latest'],
    ['v1.10.0', '1.9.0', 'latest'],
    ['v0.1.0', '', 'latest'],
    ['v1.2.3', '2.0.0', 'latest-1.2'],
    ['v2.0.0-beta.1', '1.2.3', 'next'],
  ])('publish %s after %s as %s', async (tag, newest, wanted) => {
    const folder = await mkdtemp(join(temp, 'publish-'))
    await mkdir(join(folder, 'package'))
    await writeFile(join(folder, 'package/vitest-perf-1.2.3.tgz'), '')
    // In the place of npm, which would publish: it keeps what it was told.
    const known = newest === '' ? '{ echo "npm error code E404" >&2; exit 1; }' : `{ echo ${newest}; exit; }`
    await writeFile(join(folder, 'npm'), `#!/bin/sh\n[ "$1" != view ] || ${known}\necho "$@" > told\n`, { mode: 0o755 })
    const runner = new Runner(
      folder,
      folder,
      { secrets: { NPM_TOKEN: 'token' } },
      { GITHUB_REF_NAME: tag, PATH: `${folder}:${process.env['PATH']}` },
    )
    expect((await runner.run(named(jobs['publish']!.steps, 'Publish'))).code).toBe(0)
    const told = await readFile(join(folder, 'told'), 'utf8')
    expect(told.trim()).toBe(`publish ./package/vitest-perf-1.2.3.tgz --provenance --access public --tag ${wanted}`)
  })
})
