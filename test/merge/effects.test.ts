import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { json } from '../../reporters/json.ts'
import { parseBenchmarkConfig } from '../../src/gates/parse-config.ts'
import { finding } from '../../src/model/finding.ts'
import type { Compared, Run } from '../../src/model/run.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { command } from '../cli/command-line.ts'
import { guest, type Guest } from '../e2e/guest.ts'
import { measuredFunction, measuredLoad, runOf } from '../report/run-builder.ts'

const files = ['a.bench.ts', 'b.bench.ts']
const url = 'http://PLANT-user:PLANT-pass@127.0.0.1:9/x?token=PLANT-query'

describe('what a merge does beside judging', () => {
  let project: Guest
  const uploads: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = []
  const receiver = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      uploads.push({ headers: request.headers, body })
      response.end()
    })
  })
  const merge = (args: readonly string[], env: Record<string, string> = {}) => command(project.folder, ['merge', 'parts', ...args], env)

  beforeAll(async () => {
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const config = JSON.stringify({
      reporting: {
        upload_external: true,
        upload_url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/runs?key=PLANT-upload`,
      },
      endpoints: [{ name: 'login', path: '/login?access_token=PLANT-query', headers: { authorization: 'Bearer PLANT-bearer' } }],
    })
    project = await guest({ 'package.json': '{ "type": "module", "name": "merged" }', 'benchmark-config.json': config })
    const write = async (index: number, cases: readonly Compared[], over: Partial<Run> = {}) => {
      const shard = {
        index,
        count: 2,
        files: [files[index - 1]!],
        not_run: files.filter((_, at) => at !== index - 1),
        filtered: false,
        run: null,
      }
      const run = runOf({ cases, shard, config: parseBenchmarkConfig(config, 'benchmark-config.json'), ...over })
      await mkdir(join(project.folder, `parts/${index}`), { recursive: true })
      await writeFile(join(project.folder, `parts/${index}/benchmark_results.json`), json.render(reportOf(run)))
    }
    await write(1, [measuredFunction('one', 1)])
    const failures = {
      first_failures: [{ kind: 'status' as const, at_ms: 1, status: 500, message: `500 from ${url}`, body: 'you sent PLANT-bearer' }],
    }
    await write(2, [
      measuredLoad('two', 2, { findings: [finding('failed_requests', { failed: 1, total: 10, first: `500 from ${url}` })] }, failures),
    ])
  }, 60_000)
  afterAll(async () => {
    receiver.close()
    await project.remove()
  })

  const written = async (folder: string): Promise<string> => {
    const all = await readdir(join(project.folder, folder), { recursive: true, withFileTypes: true })
    const texts = await Promise.all(all.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name), 'latin1')))
    expect(texts.length).toBeGreaterThanOrEqual(3)
    return texts.join('\n')
  }

  it('uploads the whole once, with the token, where the config of the shards is at hand, and lets no secret out', async () => {
    const run = await merge(['-o', 'whole', '--export', 'junit,csv'], { VITEST_PERF_UPLOAD_TOKEN: 'PLANT-token' })
    expect([run.code, run.err]).toEqual([0, ''])
    expect(uploads).toHaveLength(1)
    expect(uploads[0]?.headers.authorization).toBe('Bearer PLANT-token')
    expect(Object.keys((JSON.parse(uploads[0]?.body ?? '') as { results: object }).results)).toEqual(['one', 'two'])
    for (const text of [uploads[0]?.body ?? '', run.out, await written('whole')]) expect(text).not.toContain('PLANT')
    expect((await readdir(join(project.folder, 'whole/latest'))).toSorted()).toEqual(
      expect.arrayContaining(['junit.xml', 'benchmark_report.html']),
    )
  })

  it('says so where the address is known without its credentials only', async () => {
    await project.write({ 'benchmark-config.json': '{ "gates": [] }' })
    const run = await merge(['-o', 'other'])
    expect(run.code).toBe(0)
    expect(run.err).toContain(
      'The results were not uploaded: what shards keep of the address has no credentials. Name the config with --config.',
    )
    expect(uploads).toHaveLength(1)
  })

  it('writes history under CI only where it was asked for, and summary and outputs for GitHub', async () => {
    const paths = { GITHUB_STEP_SUMMARY: join(project.folder, 'summary.md'), GITHUB_OUTPUT: join(project.folder, 'outputs') }
    await merge(['-o', 'ci'], { CI: 'true', GITHUB_ACTIONS: 'true', ...paths })
    await expect(project.read('ci/history.ndjson')).rejects.toThrow('ENOENT')
    expect(await project.read('summary.md')).toContain('merged from 2 of 2 shards')
    expect(await project.read('outputs')).toMatch(/passed[\s\S]*true/)
    await merge(['-o', 'ci', '--update-baseline'], { CI: 'true' })
    expect((await project.read('ci/history.ndjson')).trim().split('\n')).toHaveLength(1)
    expect(await project.read('ci/baseline.json')).toContain('"one"')
  })

  it('keeps the run where the database of the history is away', async () => {
    const run = await merge(['-o', 'away', '--history', 'postgres://me:PLANT-database@127.0.0.1:1/x'])
    expect(run.code).toBe(0)
    expect(run.err).toMatch(
      /The history at postgres:\/\/127\.0\.0\.1:1\/x cannot be reached[\s\S]*The run is kept in .*away\/history\.ndjson/,
    )
    for (const text of [run.out, run.err, await written('away')]) expect(text).not.toContain('PLANT')
  })
})
