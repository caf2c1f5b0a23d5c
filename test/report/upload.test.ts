import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Reporting } from '../../src/model/benchmark-config.ts'
import type { Run } from '../../src/model/run.ts'
import { reportOf, type Report } from '../../src/report/reporter.ts'
import { tokenVariable, uploadResults } from '../../src/report/upload.ts'
import { failed, runOf } from './run-builder.ts'
import { passingRun } from './runs.ts'

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly path: string
  readonly body: string
}

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A receiver on this machine that answers with one status after the other, the last for ever. */
async function receiver(
  statuses: readonly number[],
  headers: Readonly<Record<string, string>> = {},
): Promise<{ origin: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      received.push({ headers: request.headers, path: request.url ?? '', body })
      const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200
      if (status === 0) request.socket.destroy()
      else response.writeHead(status, headers).end('whatever')
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}

const uploading = (upload_url: string, run: Run = passingRun): [Report, Reporting] => {
  const reporting = { ...run.config.reporting, upload_external: true, upload_url }
  return [reportOf({ ...run, config: { ...run.config, reporting } }), reporting]
}
const secret = 'tok-3cr3t-value'
const quick = { pause: 1 }

describe('the upload of results', () => {
  it('posts benchmark_results.json with the bearer token', async () => {
    const { origin, received } = await receiver([201])
    expect(await uploadResults(...uploading(`${origin}/runs?key=abc`), secret, quick)).toBeUndefined()
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({
      path: '/runs?key=abc',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    })
    expect(JSON.parse(received[0]!.body)).toMatchObject({
      schema: 'vitest-perf/1',
      config: { reporting: { upload_url: `${origin}/runs` } },
    })
  })

  it('does nothing where it is switched off', async () => {
    const { origin, received } = await receiver([200])
    const [report, reporting] = uploading(origin)
    expect(await uploadResults(report, { ...reporting, upload_external: false }, secret)).toBeUndefined()
    expect(received).toEqual([])
  })

  it('tries again after a refusal that may pass, and after a broken connection', async () => {
    const { origin, received } = await receiver([503, 0, 429, 200])
    expect(await uploadResults(...uploading(origin), secret, quick)).toBeUndefined()
    expect(received).toHaveLength(4)
  })

  it('does not try again where that cannot help', async () => {
    const { origin, received } = await receiver([401])
    expect(await uploadResults(...uploading(origin), secret, quick)).toBe(
      `The results were not uploaded to ${origin}: it answered with status 401. The files are kept.`,
    )
    expect(received).toHaveLength(1)
  })

  it('gives up after four attempts', async () => {
    const { origin, received } = await receiver([500])
    expect(await uploadResults(...uploading(origin), secret, quick)).toContain('status 500, after 4 attempts')
    expect(received).toHaveLength(4)
  })

  it('waits as long as it is asked to, within reason', async () => {
    const { origin, received } = await receiver([429, 200], { 'retry-after': '0.05' })
    expect(await uploadResults(...uploading(origin), secret, { pause: 60_000 })).toBeUndefined()
    expect(received).toHaveLength(2)
  })

  it('gives up an attempt that gets no answer', async () => {
    const server = createServer(() => undefined)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await uploadResults(...uploading(url), secret, { attempts: 2, pause: 1, timeout: 50 })).toContain(
      'no answer within 50 ms, after 2 attempts',
    )
  })

  it('follows no redirect: the results go where they were sent', async () => {
    const other = await receiver([200])
    const { origin } = await receiver([302], { location: other.origin })
    expect(await uploadResults(...uploading(origin), secret, quick)).toContain('status 302')
    expect(other.received).toEqual([])
  })

  it('never says the token, the credentials, the path or the query of the address', async () => {
    const dead = 'http://user:passw0rd@127.0.0.1:9/hooks/s3cret-path?sig=s3cret-query'
    const told = [
      await uploadResults(...uploading(dead), secret, { attempts: 2, pause: 1 }),
      await uploadResults(...uploading(dead), undefined, { attempts: 1 }),
      await uploadResults(...uploading('http://127.0.0.1:9/s3cret-path'), `${secret}\nx`, quick),
      await uploadResults(...uploading('http://192.0.2.1/s3cret-path'), secret, { attempts: 1, timeout: 100 }),
    ]
    for (const sentence of told) expect(sentence).not.toMatch(/s3cret|passw0rd|user|tok-3cr3t/)
    expect(told[2]).toContain(`${tokenVariable} has characters that no header may have`)
    expect(told[3]).toContain('credentials are sent over https only')
  })

  it('sends credentials of the address as a header', async () => {
    const { origin, received } = await receiver([200])
    await uploadResults(...uploading(origin.replace('http://', 'http://user:p%40ss@')), undefined, quick)
    expect(received[0]?.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`)
  })

  it('takes the token out of what a program under test printed', async () => {
    const { origin, received } = await receiver([200])
    const leaky = runOf({ cases: [failed('leaky', { errors: [{ message: `Refused: Bearer ${secret}` }] })] })
    await uploadResults(...uploading(origin, leaky), secret, quick)
    expect(received[0]?.body).not.toContain(secret)
    expect(received[0]?.body).toContain('[redacted]')
  })
})
