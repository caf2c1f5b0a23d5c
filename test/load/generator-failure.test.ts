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
