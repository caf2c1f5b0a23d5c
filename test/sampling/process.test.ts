import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { endSampling, startSampling } from '../../src/sampling/start.ts'
import { command, folder, until } from './programs.ts'

afterAll(endSampling)

const api = JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../src/sampling/start.ts')).href)

/** True while a process runs; one that ended and was not waited for does not. */
function runs(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const children = `require('node:fs').readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8').trim().split(' ').map(Number)`

async function parent(after: string): Promise<{ pid: number; sampler: number; exited: () => boolean }> {
  const text = `
    import { createRequire } from 'node:module'
    import { endSampling, startSampling } from ${api}
    const require = createRequire(import.meta.url)
    const sampling = await startSampling({ subjects: [{ subject: 'worker', pid: process.pid }], interval_ms: 50 })
    process.send(${children})
    ${after}
  `
  const cwd = await folder({ 'parent.mjs': text })
  const program = command(process.execPath, ['parent.mjs'], { cwd })
  const [sampler] = (await program.message()) as [number]
  return { pid: program.pid, sampler, exited: () => program.child.exitCode === 0 }
}

describe.runIf(existsSync(`/proc/self/task/${process.pid}/children`))('the sampling process', () => {
  test('ends with its parent, when that is killed', async () => {
    const { pid, sampler } = await parent('setInterval(() => {}, 1000)')
    expect(runs(sampler)).toBe(true)
    process.kill(pid, 'SIGKILL')
    await until(() => !runs(sampler))
  })

  test('does not keep its parent alive', async () => {
    const { sampler, exited } = await parent('process.disconnect()')
    await until(exited)
    await until(() => !runs(sampler))
  })

  test('ends when it is told to, and the parent goes on', async () => {
    const { sampler, exited } = await parent(`
      await sampling.stop()
      await endSampling()
      const again = await startSampling({ subjects: [], interval_ms: 50 })
      await again.stop()
      process.disconnect()
    `)
    await until(() => !runs(sampler))
    await until(exited)
  })

  test('that is killed leaves a finding, and another takes its place', async () => {
    const sampling = await startSampling({ subjects: [{ subject: 'worker', pid: process.pid }], interval_ms: 50 })
    const { resources } = await (await startSampling({ subjects: [{ subject: 'worker', pid: process.pid }], interval_ms: 50 })).stop()
    expect(resources[0]!.metrics['memory_mb']).toBeGreaterThan(10)
    const own = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').map(Number)
    const sampler = own.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sampling/process.ts'))!
    process.kill(sampler, 'SIGKILL')
    const stopped = await sampling.stop()
    expect(stopped.resources).toEqual([])
    expect(stopped).not.toHaveProperty('covariates')
    expect(stopped.findings).toEqual([
      { code: 'sampling_unavailable', facts: { what: 'all processes', reason: expect.stringContaining('SIGKILL') } },
    ])
    const again = await startSampling({ subjects: [{ subject: 'worker', pid: process.pid }], interval_ms: 50 })
    await setTimeout(100)
    expect((await again.stop()).resources[0]!.metrics['memory_mb']).toBeGreaterThan(10)
  })
})

test('several sessions run beside each other', async () => {
  const worker = { subjects: [{ subject: 'worker' as const, pid: process.pid }], interval_ms: 20 }
  const [one, two] = await Promise.all([startSampling(worker), startSampling({ ...worker, interval_ms: 40 })])
  await setTimeout(300)
  const [first, second] = await Promise.all([one.stop(), two.stop()])
  expect(first.resources[0]).toMatchObject({ interval_ms: 20, processes: expect.any(Number) })
  expect(second.resources[0]!.interval_ms).toBe(40)
  expect(first.resources[0]!.samples).toBeGreaterThan(second.resources[0]!.samples)
})

test('what the machine did besides is plausible', async () => {
  const sampling = await startSampling({ subjects: [{ subject: 'worker', pid: process.pid }], interval_ms: 50 })
  sampling.phase('measure')
  await setTimeout(200)
  const { resources, ...sampled } = await sampling.stop()
  const covariates = sampled.covariates!
  for (const share of [covariates.steal_percent ?? 0, covariates.pressure_percent ?? 0]) {
    expect(share).toBeGreaterThanOrEqual(0)
    expect(share).toBeLessThanOrEqual(100)
  }
  // Where no control group counts it, it is absent.
  expect(covariates.throttled_ms ?? 0).toBeGreaterThanOrEqual(0)
  expect(covariates.load_average).toBeGreaterThanOrEqual(0)
  expect(covariates.involuntary_switches).toBe(resources[0]!.metrics['involuntary_context_switches'])
  expect(resources[0]!.own_cpu_percent).toBeGreaterThan(0)
  expect(resources[0]!.own_cpu_percent).toBeLessThan(100)
})
