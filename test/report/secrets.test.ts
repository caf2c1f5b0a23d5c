import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { exporters } from '../../reporters/exporters/index.ts'
import { reporters } from '../../reporters/index.ts'
import { terminalSummary } from '../../reporters/terminal/summary.ts'
import { finding } from '../../src/model/finding.ts'
import { resultsOf } from '../../src/report/results.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { uploadResults } from '../../src/report/upload.ts'
import { failed, measuredLoad, runOf } from './run-builder.ts'

/** One of each, all of them easy to find. */
const planted = [
  'PLANT-bearer',
  'PLANT-apikey',
  'PLANT-cookie',
  'PLANT-proxy',
  'PLANT-custom',
  'PLANT-user',
  'PLANT-pass',
  'PLANT-query',
  'PLANT-sign',
  'PLANT-body',
  'PLANT-step',
  'PLANT-upload',
  'PLANT-xauth',
  'PLANT-upstream',
  'PLANT-jwt',
  'PLANT-session',
]
const url = 'http://PLANT-user:PLANT-pass@127.0.0.1:9/x?page=1&token=PLANT-query&jwt=PLANT-jwt&session=PLANT-session&signature=PLANT-sign'

const run = (upload_url: string) =>
  runOf({
    config: {
      ...runOf().config,
      reporting: { ...runOf().config.reporting, upload_external: true, upload_url },
      endpoints: [
        {
          name: 'login',
          method: 'POST',
          path: '/login?page=1&access_token=PLANT-query&jwt=PLANT-jwt&sid=PLANT-session',
          headers: {
            Authorization: 'Bearer PLANT-bearer',
            'x-api-key': 'PLANT-apikey',
            cookie: 'sid=PLANT-cookie',
            'Proxy-Authorization': 'Basic PLANT-proxy',
            'X-Session-Token': 'PLANT-custom',
            'X-Auth': 'PLANT-xauth',
            'X-Upstream': 'Bearer PLANT-upstream',
            accept: 'application/json',
          },
          body: { user: 'bob', password: 'PLANT-body', bearer: 'PLANT-jwt', note: 'Basic search' },
        },
      ],
    },
    cases: [
      measuredLoad(
        'login',
        2,
        { findings: [finding('failed_requests', { failed: 1, total: 10, first: `status 500 from ${url} for PLANT-bearer` })] },
        {
          first_failures: [
            {
              kind: 'status',
              at_ms: 1,
              status: 500,
              message: `status 500 ${url}`,
              body: 'you sent PLANT-apikey, PLANT-cookie, PLANT-custom, PLANT-xauth and PLANT-upstream',
            },
          ],
          steps: { 'GET /a?key=PLANT-step': { histogram: '', requests: 1, failures: 0 } },
        },
      ),
      failed('broken', {
        errors: [
          {
            message: `fetch failed: ${url}\n  last output:\n    Authorization: Bearer PLANT-bearer\n    set-cookie: sid=PLANT-cookie`,
            stack: `Error: PLANT-proxy\n    at ${url}`,
          },
        ],
      }),
    ],
    errors: [{ message: `nothing answers at ${url}, cookie: PLANT-cookie` }],
  })

const leaks = (text: string | Uint8Array): string[] => {
  const shown = typeof text === 'string' ? text : Buffer.from(text).toString('latin1')
  return planted.filter((secret) => shown.includes(secret))
}

describe('a secret that was planted in config, answers and errors', () => {
  const report = reportOf(run('https://PLANT-user:PLANT-pass@host/runs?key=PLANT-upload'))

  it.each(Object.entries({ ...reporters, ...exporters }))('is not in %s', async (_name, reporter) => {
    const text = await reporter.render(report)
    expect(leaks(text)).toEqual([])
    expect(text.length).toBeGreaterThan(0)
  })

  it('is not in the terminal', () => {
    expect(leaks(terminalSummary(report.view, { columns: 120, color: false }))).toEqual([])
  })

  it('is not in what is stored, and the rest of the config is', () => {
    expect(leaks(JSON.stringify(report))).toEqual([])
    expect(resultsOf(report.run).config.endpoints?.[0]).toEqual({
      name: 'login',
      method: 'POST',
      path: '/login?page=1&access_token=[redacted]&jwt=[redacted]&sid=[redacted]',
      headers: {
        Authorization: '[redacted]',
        'x-api-key': '[redacted]',
        cookie: '[redacted]',
        'Proxy-Authorization': '[redacted]',
        'X-Session-Token': '[redacted]',
        'X-Auth': '[redacted]',
        'X-Upstream': '[redacted]',
        accept: 'application/json',
      },
      body: { user: 'bob', password: '[redacted]', bearer: '[redacted]', note: 'Basic search' },
    })
  })

  it('is not in what is uploaded', async () => {
    let body = ''
    const server = createServer((request, response) => {
      request.on('data', (part: Buffer) => (body += part.toString()))
      request.on('end', () => response.end())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const full = run(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?key=PLANT-upload`)
    await uploadResults(reportOf(full), full.config.reporting, undefined)
    await new Promise((resolve) => server.close(resolve))
    expect(body).toContain('"endpoints"')
    expect(leaks(body)).toEqual([])
  })
})
