import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { ArtilleryLoad } from '../../src/artillery/artillery-load.ts'
import { commandLine, dotenvText } from '../../src/artillery/command-line.ts'
import { readDistributed, refuseInexpressible } from '../../src/artillery/expressible.ts'
import { artilleryScript } from '../../src/artillery/script.ts'
import type { DistributedOptions, HttpLoadOptions, RequestSource } from '../../src/model/spec.ts'
import { artilleryFolder, notInstalled } from './installed.ts'

const distributed = (given: DistributedOptions = {}) => readDistributed('search', given)

const load: ArtilleryLoad = {
  name: 'search',
  origin: 'http://127.0.0.1:3000',
  authorization: undefined,
  requests: [{ path: '/documents?q=rust' }],
  stages: [{ fromRate: 50, toRate: 50, durationMs: 10_000 }],
  arrivals: 'constant',
  maxInFlight: 1000,
  timeoutMs: 2500,
  sockets: undefined,
  keepAlive: true,
  distributed: distributed(),
}

const mix: ArtilleryLoad = {
  ...load,
  requests: [
    { path: '/a', weight: 3 },
    {
      method: 'POST',
      path: '/b?api_key=planted-key&page=2',
      headers: { authorization: 'Bearer planted-token', accept: '*/*', 'x-upstream': 'Basic planted-upstream' },
      body: { a: { b: 1 } },
    },
    { method: 'DELETE', path: '/c', body: 'text', weight: 0.5 },
  ],
  stages: [
    { fromRate: 0, toRate: 60, durationMs: 30_000 },
    { fromRate: 60, toRate: 60, durationMs: 1500 },
  ],
}

describe('the script for Artillery', () => {
  it('sends a rate as one phase and keeps as many connections open as may be in flight', () => {
    expect(artilleryScript(load).script).toEqual({
      config: {
        target: 'http://127.0.0.1:3000',
        phases: [{ duration: 10, arrivalRate: 50, mode: 'uniform', maxVusers: 1000 }],
        http: { timeout: 2.5, pool: 1000 },
      },
      scenarios: [{ weight: 1, flow: [{ get: { url: '/documents?q=rust', followRedirect: false, gzip: false } }] }],
    })
  })

  it('has a scenario for each request of a mix, and a phase for each stage', () => {
    const { script } = artilleryScript(mix)
    expect(script.scenarios.map(({ weight, flow }) => [weight, Object.keys(flow[0]!)])).toEqual([
      [3, ['get']],
      [1, ['post']],
      [0.5, ['delete']],
    ])
    expect(script.config.phases).toEqual([
      { duration: 30, arrivalRate: 0, rampTo: 60, maxVusers: 1000 },
      { duration: '1500ms', arrivalRate: 60, mode: 'uniform', maxVusers: 1000 },
    ])
    expect(script.scenarios[1]!.flow[0]!['post']).toMatchObject({ body: '{"a":{"b":1}}', headers: { 'content-type': 'application/json' } })
    expect(script.scenarios[2]!.flow[0]!['delete']).toMatchObject({ body: 'text' })
  })

  it('names secrets by variables of the environment', () => {
    const { script, environment } = artilleryScript({ ...mix, authorization: 'Basic planted-basic' })
    expect(JSON.stringify(script)).not.toContain('planted')
    expect(environment).toEqual({
      VITEST_PERF_SECRET_1: 'Basic planted-basic',
      VITEST_PERF_SECRET_2: 'Bearer planted-token',
      VITEST_PERF_SECRET_3: 'Basic planted-upstream',
      VITEST_PERF_SECRET_4: 'planted-key',
    })
    expect(script.scenarios[1]!.flow[0]!['post']!.url).toBe('/b?api_key={{ $env.VITEST_PERF_SECRET_4 }}&page=2')
  })

  it('gives each worker its share of the rate', () => {
    const spread = { ...mix, distributed: distributed({ platform: 'fargate', workers: 20 }) }
    expect(artilleryScript(spread).script.config.phases).toEqual([
      { duration: 30, arrivalRate: 0, rampTo: 3, maxVusers: 50 },
      { duration: '1500ms', arrivalRate: 3, mode: 'uniform', maxVusers: 50 },
    ])
  })

  it.for<[string, Partial<ArtilleryLoad>]>([
    ['a rate of 0.5 for one worker', { stages: [{ fromRate: 0.5, toRate: 0.5, durationMs: 1000 }] }],
    ['a rate of 50 for 20 workers', { distributed: distributed({ platform: 'aci', workers: 20 }) }],
    ['a ramp of 1500 ms', { stages: [{ fromRate: 1, toRate: 5, durationMs: 1500 }] }],
    ["arrivals: 'poisson' in a ramp", { stages: [{ fromRate: 1, toRate: 5, durationMs: 2000 }], arrivals: 'poisson' }],
    ['a weight of 0.123', { requests: [{ path: '/', weight: 0.123 }] }],
    ['a body of bytes', { requests: [{ method: 'POST', path: '/', body: new Uint8Array(2) }] }],
    ['a GET with a body', { requests: [{ path: '/', body: 'x' }] }],
    ['the text {{ in a request', { requests: [{ path: '/', headers: { 'x-template': '{{ name }}' } }] }],
    ['pool.sockets without keepAlive', { keepAlive: false, sockets: 5 }],
    ['secrets in headers or paths for Lambda', { requests: [{ path: '/?token=t' }], distributed: distributed({ platform: 'lambda' }) }],
  ])('refuses %s', ([what, change]) => {
    expect(() => artilleryScript({ ...load, ...change })).toThrow(
      `"search" has { distributed } and ${what}, which Artillery cannot express`,
    )
  })

  it.for<[string, HttpLoadOptions, RequestSource]>([
    ['the option session', { rate: 5, session: async () => {} }, { path: '/' }],
    ['the option check', { rate: 5, check: () => true }, { path: '/' }],
    ['the option connections', { connections: 5 }, { path: '/' }],
    ['the option users', { users: 5 }, { path: '/' }],
    ['the option amount', { amount: 5 }, { path: '/' }],
    ['the option seed', { rate: 5, seed: 2 }, { path: '/' }],
    ['the option abort_on_fail', { rate: 5, abort_on_fail: 5 }, { path: '/' }],
    ['a request function', { rate: 5 }, () => ({ path: '/' })],
    ['a closed loop', {}, { path: '/' }],
  ])('refuses %s', ([what, options, request]) => {
    expect(() => refuseInexpressible('search', request, options)).toThrow(
      `"search" has { distributed } and ${what}, which Artillery cannot express`,
    )
  })

  it.for<[string, object]>([
    ['distributed.platform of "search" must be', { platform: 'azure' }],
    ['distributed.workers of "search" must be', { platform: 'aci', workers: 0 }],
    ['distributed.workers of "search" must be left out', { workers: 3 }],
    ['distributed.region of "search" must be left out', { region: 'eu-west-1' }],
    ['distributed.regoin of "search" must be no option', { platform: 'aci', regoin: 'eastus' }],
    ['without --output', { arguments: ['--output', 'mine.json'] }],
    ['without --count', { platform: 'aci', arguments: ['--count=3'] }],
  ])('says %s', ([message, given]) => {
    expect(() => distributed(given as DistributedOptions)).toThrow(message)
  })

  it('is valid by the validator of Artillery itself', async ({ skip }) => {
    const folder = await artilleryFolder()
    if (folder === undefined) return skip(notInstalled)
    const validate = createRequire(join(folder, 'package.json'))(join(folder, 'node_modules/artillery/lib/util/validate-script.js')) as (
      script: object,
    ) => string | undefined
    expect(validate(artilleryScript(load).script)).toBeUndefined()
    expect(validate(artilleryScript(mix).script)).toBeUndefined()
    expect(validate({ ...artilleryScript(mix).script, scenarios: 5 })).toContain('must be an array')
  }, 600_000)
})

describe('the command line for Artillery', () => {
  const files = { script: '/t/load.json', report: '/t/report.json' }

  it.for<[string, DistributedOptions]>([
    ['run --output /t/report.json /t/load.json', {}],
    [
      'run-fargate --output /t/report.json --count 20 --region eu-west-1 --spot /t/load.json',
      { platform: 'fargate', workers: 20, region: 'eu-west-1', arguments: ['--spot'] },
    ],
    [
      'run-lambda --output /t/report.json --count 1 --memory-size 2048 /t/load.json',
      { platform: 'lambda', arguments: ['--memory-size', '2048'] },
    ],
    ['run-aci --output /t/report.json --count 4 --region westeurope /t/load.json', { platform: 'aci', workers: 4, region: 'westeurope' }],
  ])('is %s', ([words, given]) => {
    expect(commandLine(distributed(given), files).join(' ')).toBe(words)
  })

  it('is understood by Artillery itself, option by option', async ({ skip }) => {
    const folder = await artilleryFolder()
    if (folder === undefined) return skip(notInstalled)
    const load = createRequire(join(folder, 'package.json'))
    const cases: readonly DistributedOptions[] = [
      {},
      { platform: 'fargate', workers: 2, region: 'eu-west-1' },
      { platform: 'lambda', workers: 2, region: 'eu-west-1' },
      { platform: 'aci', workers: 2, region: 'westeurope' },
    ]
    for (const given of cases) {
      const words = commandLine(distributed(given), { ...files, dotenv: '/t/workers.env' })
      const { flags: known } = load(join(folder, `node_modules/artillery/lib/cmds/${words[0]}.js`)) as { readonly flags: object }
      const flags = Object.keys(known)
      const used = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2))
      expect(flags).toEqual(expect.arrayContaining(used))
    }
  }, 600_000)

  it('gives cloud workers secrets in a file that any dotenv reads', () => {
    const secrets = { A: `it's`, B: 'a#b "c" \\n', C: 'plain' }
    expect(parseEnv(dotenvText(secrets))).toEqual(secrets)
  })
})
