import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { judgeMachine } from '../../src/sampling/judge-machine.ts'
import { coresOfShare, portableForest } from '../../src/sampling/portable-forest.ts'
import { controlGroup, throttling } from '../../src/sampling/proc/cgroup.ts'
import { limits } from '../../src/sampling/proc/cgroup-limits.ts'
import { parseStat } from '../../src/sampling/proc/stat.ts'
import { watchThreads } from '../../src/sampling/proc/thread-switches.ts'
import { watchNewcomers } from '../../src/sampling/proc/newcomers.ts'
import { pageSize } from '../../src/sampling/proc/units.ts'
import { folder, node } from './programs.ts'

describe('/proc/<pid>/stat', () => {
  const stat = () => ({
    zombie: false,
    ppid: 0,
    group: 0,
    session: 0,
    own_ticks: 0,
    waited_ticks: 0,
    threads: 0,
    virtual_bytes: 0,
    rss_pages: 0,
  })
  const rest = '1 42 41 0 -1 4194560 100 0 0 0 30 12 5 3 20 0 7 0 999 104857600 2500 18446744073709551615 1 1'

  test.each(['node', 'a (b) c', '(', ') S 9 9 9', ''])('is read past the name "%s"', (name) => {
    const read = stat()
    const line = Buffer.from(`77 (${name}) S ${rest}\n`)
    parseStat(line, line.length, read)
    expect(read).toEqual({
      zombie: false,
      ppid: 1,
      group: 42,
      session: 41,
      own_ticks: 42,
      waited_ticks: 8,
      threads: 7,
      virtual_bytes: 104857600,
      rss_pages: 2500,
    })
  })

  test('tells the dead from the living', () => {
    const read = stat()
    const line = Buffer.from(`77 (node) Z ${rest}\n`)
    parseStat(line, line.length, read)
    expect(read.zombie).toBe(true)
  })

  test('counts memory in pages of this machine', () => {
    expect([4096, 16_384, 65_536]).toContain(pageSize())
  })
})

describe.runIf(existsSync('/proc'))('the threads of a process', () => {
  const program = (): ReturnType<typeof node> =>
    node(`
      const { Worker } = require('node:worker_threads')
      let worker
      process.on('message', async (word) => {
        if (word === 'start') {
          worker = new Worker('let turns = 0; setInterval(() => ++turns === 30 && require("node:worker_threads").parentPort.postMessage(1), 1)', { eval: true })
          worker.once('message', () => process.send('switched'))
        } else {
          await worker.terminate()
          process.send('ended')
        }
      })
      process.send('ready')
    `)
  const count = (pid: number): number => readdirSync(`/proc/${pid}/task`).length

  test('have their switches added up, those of a thread that ended included', async () => {
    const { pid, message, ask } = program()
    await message()
    const threads = watchThreads(pid)
    const before = threads.read(count(pid))!
    await ask('start')
    const during = threads.read(count(pid))!
    expect(during.voluntary - before.voluntary).toBeGreaterThan(20)
    await ask('end')
    const after = threads.read(count(pid))!
    expect(after.voluntary).toBeGreaterThanOrEqual(during.voluntary)
    expect(after.involuntary).toBeGreaterThanOrEqual(during.involuntary)
    threads.close()
  })

  test('that is gone has none', () => {
    expect(watchThreads(2 ** 22 - 7).read(1)).toBeUndefined()
  })
})

describe.runIf(existsSync('/proc'))('processes that may be new', () => {
  test('are those that were started since, and once those after a root', async () => {
    const newcomers = watchNewcomers()
    newcomers.next()
    const first = node(`process.send('ready'); setInterval(() => {}, 1000)`)
    await first.message()
    const since = newcomers.next()
    expect(since.pids).toContain(first.pid)
    expect(since.pids).not.toContain(process.pid)
    newcomers.listAfter(process.pid)
    const listed = newcomers.next()
    expect(listed).toMatchObject({ listed: true, whole: false })
    expect(listed.pids).toContain(first.pid)
    expect(listed.pids).not.toContain(process.ppid)
    newcomers.close()
  })

  test('are all that run, every now and then', () => {
    const newcomers = watchNewcomers()
    const answers = Array.from({ length: 50 }, () => newcomers.next())
    expect(answers.at(-1)!.whole).toBe(true)
    expect(answers.at(-1)!.pids).toEqual(expect.arrayContaining([process.pid, process.ppid]))
    newcomers.close()
  })
})

describe('control groups', () => {
  test('of the second generation are found with those above them', () => {
    expect(controlGroup('0::/docker/abc\n')).toEqual({
      cpu: ['/sys/fs/cgroup/docker/abc', '/sys/fs/cgroup/docker', '/sys/fs/cgroup'],
      memory: ['/sys/fs/cgroup/docker/abc', '/sys/fs/cgroup/docker', '/sys/fs/cgroup'],
    })
  })

  test('of the first generation have a folder for each controller', () => {
    expect(controlGroup('4:memory:/box\n1:cpu,cpuacct:/\n0::/\n')).toEqual({
      cpu: ['/sys/fs/cgroup/cpu'],
      memory: ['/sys/fs/cgroup/memory/box', '/sys/fs/cgroup/memory'],
    })
  })

  test('may be none', () => {
    expect(controlGroup('')).toEqual({ cpu: [], memory: [] })
    expect(limits({ cpu: [], memory: [] })).toEqual({ cgroup_cpus: null, cgroup_memory_mb: null })
    expect(throttling([])).toBeUndefined()
  })

  test('limit by the tightest of them, in either generation', async () => {
    const second = await folder({
      'cpu.max': '150000 100000\n',
      'memory.max': '268435456\n',
      'cpu.stat': 'nr_periods 9\nnr_throttled 3\nthrottled_usec 4500\n',
    })
    const first = await folder({
      'cpu.cfs_quota_us': '50000\n',
      'cpu.cfs_period_us': '100000\n',
      'memory.limit_in_bytes': '9223372036854771712\n',
      'cpu.stat': 'nr_periods 9\nnr_throttled 2\nthrottled_time 7000000\n',
    })
    const open = await folder({ 'cpu.max': 'max 100000\n', 'memory.max': 'max\n' })
    expect(limits({ cpu: [second], memory: [second] })).toEqual({ cgroup_cpus: 1.5, cgroup_memory_mb: 256 })
    expect(limits({ cpu: [second, first], memory: [first] })).toEqual({ cgroup_cpus: 0.5, cgroup_memory_mb: null })
    expect(limits({ cpu: [open], memory: [open] })).toEqual({ cgroup_cpus: null, cgroup_memory_mb: null })
    expect(throttling([second])).toEqual({ periods: 3, throttled_ms: 4.5 })
    expect(throttling([first])).toEqual({ periods: 2, throttled_ms: 7 })
  })
})

describe('the machine is', () => {
  const quiet = {
    steal_percent: 0,
    pressure_percent: 1,
    throttled_ms: 0,
    involuntary_switches: 5,
    load_average: 0.2,
    foreign_percent: 2,
    cores: 4,
    periods: 0,
  }
  const codes = (change: Partial<typeof quiet>): string[] => judgeMachine({ ...quiet, ...change }).map(({ code }) => code)

  test('quiet, or filled by the load itself', () => {
    expect(codes({})).toEqual([])
    expect(codes({ pressure_percent: 90 })).toEqual([])
    expect(codes({ foreign_percent: 50 })).toEqual([])
  })

  test('disturbed by a neighbour', () => {
    expect(codes({ steal_percent: 3 })).toEqual(['noisy_neighbour'])
    const { pressure_percent: _, ...withoutPressure } = { ...quiet, steal_percent: 3 }
    expect(judgeMachine(withoutPressure)).toMatchObject([{ code: 'noisy_neighbour', facts: { steal_percent: 3 } }])
    expect(judgeMachine({ foreign_percent: 50, cores: 4, periods: 0 })).toEqual([])
    expect(codes({ pressure_percent: 30, foreign_percent: 30 })).toEqual(['noisy_neighbour'])
  })

  test('throttled', () => {
    expect(codes({ throttled_ms: 12, periods: 2 })).toEqual(['throttled'])
  })
})

test('a share of a listing is one of all cores where systeminformation computes it, and of one core where ps does', () => {
  expect([coresOfShare('win32'), coresOfShare('linux'), coresOfShare('darwin')]).toEqual([
    availableParallelism(),
    availableParallelism(),
    1,
  ])
})

test.runIf(existsSync('/proc'))('without /proc a tree is read through a listing of all processes', async () => {
  const text = `setInterval(() => {}, 1000)`
  const program = node(`
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(text)}], { stdio: 'ignore' })
    const end = Date.now() + 1e4; process.send('ready'); while (Date.now() < end);
  `)
  await program.message()
  await setTimeout(200)
  const forest = portableForest()
  forest.add({ pid: program.pid })
  await forest.refresh('all')
  const first = forest.tree(program.pid)
  expect(first.processes.map(({ pid }) => pid)).toContain(program.pid)
  expect(first.processes).toHaveLength(2)
  expect(first.processes[0]!.rss_bytes).toBeGreaterThan(10 * 1024 * 1024)
  await setTimeout(1100)
  await forest.refresh('all')
  await forest.refresh('lively')
  await expect.poll(() => forest.tree(program.pid).cpu_ms, { timeout: 5000 }).toBeGreaterThan(first.cpu_ms)
  forest.close()
})
