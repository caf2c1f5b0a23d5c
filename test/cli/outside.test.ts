import { readFile, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configWith, type Guest, guest } from '../e2e/guest.ts'
import { command } from './command-line.ts'

const benches = `
import { bench } from 'vitest-perf'
bench.track('speed', () => Number(process.env.SPEED ?? 10), { unit: 'points', better: 'lower' })
bench.track('secrets_seen', () => Object.keys(process.env).filter((name) => name === 'VITEST_PERF_UPLOAD_TOKEN').length, { unit: 'count' })
`
const token = 'planted-t0ken-1234'
const configAt = (upload_url?: string) =>
  JSON.stringify({
    gates: [{ name: 'Speed', metric: 'speed.value', operator: 'LessThan', threshold: 100, severity: 'Blocking' }],
    reporting: upload_url === undefined ? {} : { upload_external: true, upload_url },
  })

describe('a run under GitHub Actions', () => {
  let project: Guest
  const at = (name: string) => join(project.folder, name)
  beforeAll(async () => {
    project = await guest({ 'src/values.bench.ts': benches, 'benchmark-config.json': configAt(), 'summary.md': '# Earlier\n', output: '' })
  })
  afterAll(() => project.remove())
  const env = () => ({ GITHUB_ACTIONS: 'true', CI: 'true', GITHUB_STEP_SUMMARY: at('summary.md'), GITHUB_OUTPUT: at('output') })

  it('adds a summary and outputs to the step, and annotates what stands against it', async () => {
    const { out, code } = await command(project.folder, ['ci', '-c', 'benchmark-config.json'], { ...env(), SPEED: '500' })
    expect(code).toBe(2)
    expect(out).toMatch(/^::error title=Performance gate failed%3A Speed,file=src\/values\.bench\.ts,line=3::speed\.value/m)
    expect(await readFile(at('summary.md'), 'utf8')).toMatch(/^# Earlier\n[^]*\n\n# Fail: 1 performance gate not met\n/)
    const outputs = Object.fromEntries(
      (await readFile(at('output'), 'utf8'))
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s).slice(0, 2)),
    ) as Record<string, string>
    expect(outputs).toMatchObject({ passed: 'false', exit_reason: 'gate', headline: '1 performance gate not met' })
    expect(JSON.parse(await readFile(outputs['results'] ?? '', 'utf8'))).toMatchObject({ schema: 'vitest-perf/1' })
  }, 60_000)

  it('leaves a summary alone that would become too long, for GitHub would throw all of it away', async () => {
    await writeFile(at('summary.md'), 'x'.repeat(1024 * 1024 - 100))
    expect((await command(project.folder, ['run'], env())).code).toBe(0)
    expect(await readFile(at('summary.md'), 'utf8')).not.toContain('# Pass')
  }, 60_000)

  it('keeps its files and its verdict where it cannot write the summary', async () => {
    await project.write({
      'quiet.config.ts': `import config from './vitest.config.ts'\nexport default { ...config, test: { reporters: ['default'] } }\n`,
    })
    const elsewhere = { ...env(), GITHUB_STEP_SUMMARY: project.folder }
    const { code, output } = await project.vitest(['bench', '--run', '--config', 'quiet.config.ts'], elsewhere)
    expect(code).toBe(0)
    expect(output).toContain('GitHub was not told everything')
    expect((await project.results()).verdict.passed).toBe(true)
  }, 60_000)

  it('is silent elsewhere', async () => {
    const { out } = await command(project.folder, ['run'], { SPEED: '500' })
    expect(out).not.toContain('::error')
  }, 60_000)
})

describe('the upload of a run', () => {
  let project: Guest
  const received: { headers: IncomingMessage['headers']; body: string }[] = []
  let status = 200
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, body })
      response.writeHead(status).end()
    })
  })
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    project = await guest({ 'src/values.bench.ts': benches, 'vitest.config.ts': configWith(`{ reporters: ['junit', 'csv'] }`) })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/s3cret-path?key=s3cret-key`
    await project.write({ 'benchmark-config.json': configAt(url) })
  })
  afterAll(async () => {
    server.close()
    await project.remove()
  })

  const everything = async (): Promise<string> => {
    const files = ['benchmark_results.json', 'benchmark_report.html', 'benchmark_summary.md', 'junit.xml', 'benchmark_metrics.csv']
    return (await Promise.all(files.map((file) => project.read(`benchmark-results/latest/${file}`)))).join('\n')
  }

  it('sends the results with the token, which stands nowhere else', async () => {
    const { out, err, code } = await command(project.folder, ['run'], { VITEST_PERF_UPLOAD_TOKEN: token })
    expect(code).toBe(0)
    expect(received).toHaveLength(1)
    expect(received[0]?.headers.authorization).toBe(`Bearer ${token}`)
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({
      // Bench code and servers under test do not inherit the token: they may print their environment.
      results: { speed: { state: 'measured' }, secrets_seen: { metrics: { value: 0 } } },
    })
    for (const text of [out, err, await everything(), received[0]?.body ?? '']) {
      expect(text).not.toContain(token)
      expect(text).not.toContain('s3cret-key')
    }
  }, 60_000)

  it('warns where that fails, and keeps files and verdict', async () => {
    status = 403
    const { out, err, code } = await command(project.folder, ['run'], { VITEST_PERF_UPLOAD_TOKEN: token })
    expect(code).toBe(0)
    expect(`${out}${err}`).toMatch(
      /The results were not uploaded to http:\/\/127\.0\.0\.1:\d+: it answered with status 403\. The files are kept\./,
    )
    expect(`${out}${err}`).not.toMatch(new RegExp(`${token}|s3cret`))
    expect(await everything()).not.toMatch(new RegExp(`${token}|s3cret-key`))
  }, 60_000)
})

describe('names of reports in the config', () => {
  it('are told where they are wrong', async () => {
    const project = await guest({ 'src/values.bench.ts': benches, 'vitest.config.ts': configWith(`{ reporters: ['jnuit'] }`) })
    const { out, err, code } = await command(project.folder, ['run'])
    await project.remove()
    expect(`${out}${err}`).toContain('There is no report "jnuit"')
    expect(code).toBe(5)
  }, 60_000)
})
