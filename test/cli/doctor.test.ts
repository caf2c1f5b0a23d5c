import { describe, expect, it } from 'vitest'
import { diagnosisText } from '../../src/cli/doctor/diagnosis-text.ts'
import type { Facts } from '../../src/cli/doctor/facts.ts'
import { diagnose } from '../../src/cli/doctor/judge.ts'
import { busiestOf } from '../../src/cli/doctor/processes.ts'
import { command, ownFolder } from './command-line.ts'

const quiet: Facts = {
  platform: 'linux',
  cores: 8,
  throttled_ms: 0,
  window_ms: 1000,
  governor: 'performance',
  boost: false,
  on_battery: false,
  virtual: false,
  steal_percent: 0,
  busy_percent: 1,
  load_average: 0.2,
  busiest: [],
  swap_used_mb: 0,
  swapped_pages: 0,
  available_memory_mb: 16_000,
  clock: { overhead_ns: 50, resolution_ns: 40, source: 'tsc' },
  tools: [],
  flags: [],
  node: 'v24.1.0',
  vitest: '5.1.1',
  vitest_perf: '0.1.0',
  free_disk_mb: 10_000,
  somaxconn: 4096,
  open_files: 65_535,
}

describe('the diagnosis', () => {
  it('trusts a quiet machine, and advises nothing', () => {
    expect(diagnose(quiet)).toEqual({ trust: 'good', advice: [] })
  })

  it('says nothing about what a system does not tell', () => {
    const { governor: _1, boost: _2, on_battery: _3, virtual: _4, free_disk_mb: _5, somaxconn: _6, open_files: _7, ...rest } = quiet
    expect(diagnose({ ...rest, clock: { overhead_ns: 50, resolution_ns: 40 } })).toEqual({ trust: 'good', advice: [] })
  })

  const cases: [string, Partial<Facts>, 'good' | 'fair' | 'poor', string][] = [
    ['a governor', { governor: 'powersave' }, 'fair', 'sudo cpupower frequency-set -g performance'],
    ['some steal', { steal_percent: 4 }, 'fair', 'npx vitest-perf against main'],
    ['much steal', { steal_percent: 25 }, 'poor', 'npx vitest-perf against main'],
    [
      'a busy program',
      { busy_percent: 30, busiest: [{ pid: 12, name: 'cc1plus', cpu_percent: 240 }] },
      'fair',
      'wait until they have finished',
    ],
    ['many busy programs', { busy_percent: 90 }, 'poor', 'End them'],
    ['a load that has ended', { load_average: 20 }, 'fair', 'Wait a minute'],
    ['a quota', { cgroup_cpus: 2.5 }, 'fair', '--cpuset-cpus'],
    ['a quota of whole cores', { cgroup_cpus: 2 }, 'fair', '--cpuset-cpus'],
    ['a quota that Node takes for the number of cores', { cores: 2, affinity_cores: 8, cgroup_cpus: 2 }, 'fair', '--cpuset-cpus'],
    ['throttling', { cgroup_cpus: 2, throttled_ms: 80 }, 'poor', '--cpuset-cpus'],
    ['one core', { cores: 1 }, 'fair', 'two cores or more'],
    ['a coarse clock', { clock: { overhead_ns: 60, resolution_ns: 1_000_000 } }, 'fair', 'more calls'],
    ['a slow clock source', { clock: { overhead_ns: 900, resolution_ns: 100, source: 'hpet' } }, 'poor', 'tsc'],
    ['swapping', { swapped_pages: 3 }, 'poor', 'sudo swapoff -a'],
    ['used swap', { swap_used_mb: 500 }, 'fair', 'swapon'],
    ['little memory', { available_memory_mb: 100 }, 'fair', 'memory'],
    ['a debugger', { tools: ['debugger'] }, 'poor', 'NODE_OPTIONS'],
    ['decisive flags', { flags: ['--no-opt'] }, 'fair', 'NODE_OPTIONS'],
    ['a battery', { on_battery: true }, 'fair', 'power supply'],
    ['boost', { boost: true }, 'good', 'cpufreq/boost'],
    ['an old Node', { node: 'v20.1.0' }, 'poor', 'node@24'],
    ['Node 23', { node: 'v23.1.0' }, 'poor', 'node@24'],
    ['no Vitest', { vitest: 'unknown' }, 'poor', 'vitest@5'],
    ['an old Vitest', { vitest: '4.0.18' }, 'poor', 'vitest@5'],
    ['little disk', { free_disk_mb: 100 }, 'fair', 'old runs'],
    ['a full disk', { free_disk_mb: 1 }, 'poor', 'old runs'],
    ['few files', { open_files: 1024 }, 'good', 'ulimit'],
    ['a short queue', { somaxconn: 128 }, 'good', 'somaxconn'],
  ]
  it.each(cases)('finds %s', (_, facts, trust, todo) => {
    const diagnosis = diagnose({ ...quiet, ...facts })
    expect(diagnosis.trust).toBe(trust)
    expect(diagnosis.advice).toHaveLength(1)
    expect(diagnosis.advice[0]?.todo).toContain(todo)
    expect(diagnosis.advice[0]?.text).toMatch(/^[A-Z\d].*\.$/)
  })

  it('finds no quota where it is all of the cores that there are', () => {
    expect(diagnose({ ...quiet, cores: 2, affinity_cores: 2, cgroup_cpus: 2 })).toEqual({ trust: 'good', advice: [] })
  })

  it('lists what could not be looked at, so that "nothing was found" is not taken for more than it is', () => {
    const text = diagnosisText(diagnose(quiet), { ...quiet, unseen: ['swap', 'the clock source'] }, 80)
    expect(text).toContain('Could not be looked at here: swap, the clock source.')
    expect(diagnosisText(diagnose(quiet), quiet, 80)).not.toContain('Could not')
  })

  it('names who is busy, whatever the names are, and puts the worst first', () => {
    const { advice, trust } = diagnose({
      ...quiet,
      governor: 'powersave',
      busy_percent: 60,
      busiest: [{ pid: 7, name: 'a\u001b[31m', cpu_percent: 400 }],
    })
    expect(trust).toBe('poor')
    expect(advice.map(({ weight }) => weight)).toEqual(['bad', 'weak'])
    expect(advice[0]?.text).toContain('a 7 400 %')
  })

  it('fits its columns, except for commands', () => {
    const facts = { ...quiet, governor: 'powersave', steal_percent: 50, busy_percent: 80 }
    const text = diagnosisText(diagnose(facts), facts, 60)
    for (const line of text.split('\n')) expect(line.startsWith('   →') || line.length <= 60).toBe(true)
    expect(text).toContain('Trust: poor')
  })
})

describe('busy processes', () => {
  it('are those that used a twentieth of a core, busiest first, without ourselves', () => {
    const time = (name: string, cpu_ms: number) => ({ name, cpu_ms })
    const before = new Map([[1, time('idle', 100)], [2, time('busy', 0)], [process.pid, time('we', 0)], [4, time('worker', 50)]]) // prettier-ignore
    const after = new Map([[1, time('idle', 110)], [2, time('busy', 900)], [process.pid, time('we', 900)], [4, time('worker', 250)], [5, time('new', 5000)]]) // prettier-ignore
    expect(busiestOf(before, after, 1000)).toEqual([
      { pid: 2, name: 'busy', cpu_percent: 90 },
      { pid: 4, name: 'worker', cpu_percent: 20 },
    ])
  })
})

describe('vitest-perf doctor', () => {
  it('ends with 0 and a word of trust, whatever it finds', async () => {
    const { code, out } = await command(ownFolder, ['doctor'])
    expect(out).toMatch(/^Trust: (good|fair|poor) – /m)
    expect(out).toMatch(/^Node \d+\.\d+\.\d+, Vitest 5\./m)
    expect(code).toBe(0)
  })

  it('gives its facts as JSON, and sees a profiler that is attached', async () => {
    const { out } = await command(ownFolder, ['doctor', '--json'], { NODE_V8_COVERAGE: '/tmp/vitest-perf-coverage' })
    const { trust, facts } = JSON.parse(out) as { trust: string; facts: Facts }
    expect(trust).toBe('poor')
    expect(facts.tools).toEqual(['coverage'])
    expect(facts.cores).toBeGreaterThan(0)
    if (process.platform === 'linux') expect(facts.affinity_cores).toBeGreaterThanOrEqual(facts.cores)
    else expect(facts.unseen).toEqual(expect.arrayContaining(['time that the host gives to others', 'swap']))
  })
})
