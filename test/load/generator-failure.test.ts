import { describe, expect } from 'vitest'
import { codes, load, test } from './servers.ts'

describe('a generator', { concurrent: true }, () => {
  test('that is killed fails its case as LOAD_FAILED, with how it ended', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const killed = load(origin, { connections: 1, durationMs: 60_000 }, { onGenerator: (pid) => process.kill(pid, 'SIGKILL') })
    await expect(killed).rejects.toMatchObject({
      code: 'LOAD_FAILED',
      message: expect.stringContaining('the generator ended with SIGKILL'),
    })
  })

  test('that has no time left is the ceiling of a closed loop, and a finding says so', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const slow = (): boolean => {
      const until = Date.now() + 10
      while (Date.now() < until);
      return true
    }
    const { measurement, findings } = await load(origin, { connections: 20, amount: 100, check: slow })
    expect(measurement.ceiling).toMatchObject({ verdict: 'generator', reason: expect.stringContaining('event loop was busy') as string })
    expect(codes(findings)).toContain('generator_ceiling')
  })

  test('that is held up by a check sends late, and says how late', async ({ httpServer }) => {
    const origin = await httpServer((_request, response) => {
      response.end()
    })
    const slow = (): boolean => {
      const until = Date.now() + 20
      while (Date.now() < until);
      return true
    }
    const { measurement, metrics, findings } = await load(origin, { rate: 100, durationMs: 1000, warmupMs: 0, check: slow })
    expect(codes(findings)).toContain('late_sends')
    const late = findings.find(({ code }) => code === 'late_sends')?.facts
    expect(late).toMatchObject({ late: measurement.late, planned: measurement.planned })
    expect(metrics['late_count']).toBe(measurement.late)
    expect((late as { median_us: number }).median_us).toBeGreaterThan(0)
  })
})
