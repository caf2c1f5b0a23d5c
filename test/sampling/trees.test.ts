import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Subject } from '../../src/model/resources.ts'
import type { Sampling } from '../../src/sampling/start.ts'
import { endSampling, startSampling } from '../../src/sampling/start.ts'
import { command, node } from './programs.ts'

afterAll(endSampling)

const sample = (pid: number, subject: Subject = 'server'): Promise<Sampling> =>
  startSampling({ subjects: [{ subject, pid }], interval_ms: 50 })

async function metrics(sampling: Sampling): Promise<Readonly<Record<string, number>>> {
  return (await sampling.stop()).resources[0]!.metrics
}

/** Answers `burn` after 500 ms of work, however long it has to wait for a core, and `cost` with the CPU time, in ms, that the last work took by its own account. */
const worker = `
  let cost = 0
  process.on('message', (word) => {
    if (word === 'cost') return process.send(cost)
    const before = process.cpuUsage()
    do {
      const { user, system } = process.cpuUsage(before)
      cost = (user + system) / 1000
    } while (cost < 500)
    process.send('done')
  })
  process.send('ready')
`

describe('CPU time', () => {
  test('is what a busy process says it used', async () => {
    const program = node(worker)
    await program.message()
    const sampling = await sample(program.pid)
    await program.ask('burn')
    const { cpu_time_ms, cpu_percent } = await metrics(sampling)
    const cost = (await program.ask('cost')) as number
    expect(cost).toBeGreaterThan(50)
    // Ticks of 10 ms, and what the process does besides.
    expect(Math.abs(cpu_time_ms! - cost)).toBeLessThan(0.1 * cost + 40)
    expect(cpu_percent).toBeGreaterThan(5)
  })

  test('is close to nothing for an idle process', async () => {
    const program = node(worker)
    await program.message()
    await setTimeout(300)
    const sampling = await sample(program.pid)
    await setTimeout(500)
    expect((await metrics(sampling))['cpu_percent']).toBeLessThan(15)
  })

  test('is about the phase named measure', async () => {
    const program = node(worker)
    await program.message()
    const sampling = await sample(program.pid)
    sampling.phase('warm-up')
    await program.ask('burn')
    await setTimeout(100)
    sampling.phase('measure')
    await setTimeout(300)
    sampling.phase('after')
    await program.ask('burn')
    const { resources, phases } = await sampling.stop()
    expect(phases.map(({ name }) => name)).toEqual(['warm-up', 'measure', 'after'])
    expect(phases[0]!.to_ms).toBe(phases[1]!.from_ms)
    expect(phases[2]!.to_ms - phases[2]!.from_ms).toBeGreaterThanOrEqual(450)
    const cost = (await program.ask('cost')) as number
    expect(resources[0]!.metrics['cpu_time_ms']).toBeLessThan(0.5 * cost)
    const series = resources[0]!.series.find(({ metric }) => metric === 'cpu_time_ms')!
    // The curve shows all phases.
    expect(series.values.at(-1)).toBeGreaterThan(cost)
  })

  test('is whole and counted once where a tree has more processes than are read at once', async () => {
    const child = `
      const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
      const before = spent()
      while (spent() < before + 200);
      process.send(spent())
      process.on('disconnect', () => process.exit())
    `
    const program = node(`
      const { spawn } = require('node:child_process')
      process.on('message', async () => {
        const children = Array.from({ length: 12 }, () => spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }))
        const costs = await Promise.all(children.map((each) => new Promise((resolve) => each.once('message', resolve))))
        process.send(costs.reduce((sum, cost) => sum + cost, 0))
      })
      process.send('ready')
    `)
    await program.message()
    const sampling = await sample(program.pid)
    const cost = (await program.ask('burn')) as number
    const { resources } = await sampling.stop()
    const { cpu_time_ms } = resources[0]!.metrics
    expect(resources[0]!.processes).toBe(13)
    // Ticks of 10 ms for each, and what the parent did itself.
    expect(Math.abs(cpu_time_ms! - cost)).toBeLessThan(0.1 * cost + 150)
    const { values } = resources[0]!.series.find(({ metric }) => metric === 'cpu_time_ms')!
    expect(values).toEqual(values.toSorted((a, b) => a - b))
  })

  test('holds children that are born and die between two readings, once', async () => {
    const child = `const end = Date.now() + 60; while (Date.now() < end); const { user, system } = process.cpuUsage(); process.send((user + system) / 1000)`
    const program = node(`
      const { spawn } = require('node:child_process')
      let cost = 0
      let own = 0
      process.on('message', async (word) => {
        if (word === 'cost') return process.send(cost + own)
        const before = process.cpuUsage()
        for (let index = 0; index < 6; index++) {
          await new Promise((resolve) => {
            const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
            child.on('message', (spent) => (cost += spent))
            child.on('exit', resolve)
          })
        }
        const { user, system } = process.cpuUsage(before)
        own = (user + system) / 1000
        process.send('done')
      })
      process.send('ready')
    `)
    await program.message()
    const sampling = await sample(program.pid)
    await program.ask('burn')
    const { cpu_time_ms } = await metrics(sampling)
    const cost = (await program.ask('cost')) as number
    expect(cost).toBeGreaterThan(200)
    expect(cpu_time_ms).toBeGreaterThan(0.9 * cost - 60)
    // Each child spends a little more after it told its cost.
    expect(cpu_time_ms).toBeLessThan(1.6 * cost + 60)
  })

  test('of a child that is a subject of its own is not in its parent, not even after its end', async () => {
    const program = node(`
      const { fork, spawn } = require('node:child_process')
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(worker)}], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
      child.on('message', (word) => process.send(word === 'ready' ? child.pid : word))
      child.on('exit', () => process.send('gone'))
      process.on('message', (word) => (word === 'end' ? child.disconnect() : child.send(word)))
    `)
    const generator = (await program.message()) as number
    const sampling = await startSampling({
      subjects: [
        { subject: 'worker', pid: program.pid },
        { subject: 'generator', pid: generator },
      ],
      interval_ms: 50,
    })
    await program.ask('burn')
    await program.ask('end')
    await setTimeout(150)
    const { resources } = await sampling.stop()
    const [parent, child] = resources.map((each) => each.metrics['cpu_time_ms']!)
    expect(child).toBeGreaterThan(50)
    expect(parent).toBeLessThan(0.6 * child!)
    expect(resources[0]!.processes).toBe(1)
  })
})

describe('a tree', () => {
  test('has its children, and those whose parent went away', async () => {
    const program = command('sh', ['-c', '(sleep 20 & sleep 20 & wait) & (sleep 20 &) ; wait'])
    await setTimeout(300)
    const sampling = await sample(program.pid)
    await setTimeout(200)
    // sh, a subshell, its two sleeps, and the orphan.
    expect((await metrics(sampling))['process_count']).toBe(5)
  })

  test('counts its threads', async () => {
    const program = node(`
      const { Worker } = require('node:worker_threads')
      process.on('message', () => {
        let online = 0
        for (let index = 0; index < 3; index++) {
          new Worker('setInterval(() => {}, 1000)', { eval: true }).on('online', () => ++online === 3 && process.send('online'))
        }
      })
      process.send('ready')
    `)
    await program.message()
    const before = await metrics(await sample(program.pid))
    const sampling = await sample(program.pid)
    await program.ask('start')
    await setTimeout(100)
    expect((await metrics(sampling))['thread_count']! - before['thread_count']!).toBeGreaterThanOrEqual(3)
  })

  test('that is not there has no figures and says so', async () => {
    const { resources } = await (await sample(2 ** 22 - 7)).stop()
    expect(resources[0]).toMatchObject({
      processes: 0,
      samples: 0,
      metrics: {},
      unavailable: { process: expect.stringContaining('no process') },
    })
  })

  test('that stand apart count neither with the one above them nor with anybody', async () => {
    const program = node(`
      const { spawn } = require('node:child_process')
      const burn = 'process.send("on"); const end = Date.now() + 20000; while (Date.now() < end);'
      process.on('message', () => {
        const child = spawn(process.execPath, ['-e', burn], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
        child.on('message', () => process.send(child.pid))
      })
      process.send('ready')
    `)
    await program.message()
    const before = (await program.ask('start')) as number
    const during = (await program.ask('start')) as number
    const sampling = await startSampling({ subjects: [{ subject: 'worker', pid: program.pid }], apart: [before], interval_ms: 50 })
    sampling.apart(during)
    sampling.phase('measure')
    await setTimeout(500)
    sampling.phase('after')
    const { resources } = await sampling.stop()
    expect(resources.map(({ subject }) => subject)).toEqual(['worker'])
    expect(resources[0]!.metrics['process_count']).toBe(1)
    expect(resources[0]!.metrics['cpu_time_ms']).toBeLessThan(100)
  })

  test('may join later', async () => {
    const program = node(worker)
    await program.message()
    const sampling = await startSampling({ subjects: [], interval_ms: 50 })
    sampling.phase('measure')
    sampling.add('generator', program.pid)
    await program.ask('burn')
    const { resources } = await sampling.stop()
    expect(resources).toHaveLength(1)
    expect(resources[0]).toMatchObject({ subject: 'generator', pid: program.pid, processes: 1 })
    expect(resources[0]!.metrics['cpu_time_ms']).toBeGreaterThan(20)
  })
})

describe('sizes and bytes', () => {
  test('memory grows by what a process fills', async () => {
    const program = node(`
      let kept
      process.on('message', () => { kept = Buffer.alloc(100 * 1024 * 1024, 1); process.send('done') })
      process.send('ready')
    `)
    await program.message()
    const before = await metrics(await sample(program.pid))
    const sampling = await sample(program.pid)
    await program.ask('fill')
    const after = await metrics(sampling)
    expect(after['memory_mb']! - before['memory_mb']!).toBeGreaterThan(90)
    // Read less often, and shared pages count in part.
    expect(after['pss_mb']).toBeGreaterThan(1)
    expect(after['pss_mb']).toBeLessThanOrEqual(after['memory_mb']!)
    expect(after['memory_mb']! - before['memory_mb']!).toBeLessThan(150)
    expect(after['virtual_memory_mb']!).toBeGreaterThan(after['memory_mb']!)
  })

  test('bytes written to storage are counted', async () => {
    // Not the system's folder for temporary files: it may be in memory.
    const path = await mkdtemp(join(import.meta.dirname, '../../node_modules/.sampling-'))
    onTestFinished(() => rm(path, { recursive: true, force: true }))
    const program = node(`
      const { openSync, writeSync, fsyncSync } = require('node:fs')
      process.on('message', () => {
        const file = openSync(${JSON.stringify(join(path, 'written'))}, 'w')
        for (let index = 0; index < 8; index++) writeSync(file, Buffer.alloc(1024 * 1024, index))
        fsyncSync(file)
        process.send('done')
      })
      process.send('ready')
    `)
    await program.message()
    const sampling = await sample(program.pid)
    await program.ask('write')
    const { disk_write_bytes } = await metrics(sampling)
    expect(disk_write_bytes).toBeGreaterThanOrEqual(8 * 1024 * 1024)
    expect(disk_write_bytes).toBeLessThan(10 * 1024 * 1024)
  })

  test('open files and switches of the core are counted', async () => {
    const program = node(`
      const { openSync } = require('node:fs')
      process.on('message', () => {
        for (let index = 0; index < 20; index++) openSync('/dev/null')
        let turns = 0
        const next = () => (++turns < 50 ? setTimeout(next, 1) : process.send('done'))
        next()
      })
      process.send('ready')
    `)
    await program.message()
    const before = await metrics(await sample(program.pid))
    const sampling = await sample(program.pid)
    await program.ask('open')
    const after = await metrics(sampling)
    expect(after['open_files']! - before['open_files']!).toBe(20)
    expect(after['context_switches']).toBeGreaterThanOrEqual(40)
  })
})

describe('programs that are not Node.js', () => {
  const programs = [
    ['sh', ['-c', 'while :; do :; done']],
    ['python3', ['-c', 'while True: pass']],
  ] as const

  test.each(programs)('%s is sampled from outside', async (file, args) => {
    if (!existsSync(`/usr/bin/${file}`)) return
    const program = command(file, args)
    await setTimeout(200)
    const sampling = await sample(program.pid)
    await setTimeout(500)
    const { resources, findings } = await sampling.stop()
    expect(resources[0]!.metrics['cpu_time_ms']).toBeGreaterThanOrEqual(10)
    expect(resources[0]!.metrics['memory_mb']).toBeGreaterThan(0.5)
    expect(resources[0]!.unavailable['heap']).toContain('no Node.js process')
    expect(findings.map(({ code }) => code)).not.toContain('agent_not_attached')
  })
})
