import { loadavg } from 'node:os'
import type { Finding } from '../model/finding.ts'
import type { Covariates } from '../model/measured.ts'
import type { Resources } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import { accumulators } from './aggregate.ts'
import { now } from './clock.ts'
import { controlGroup } from './proc/cgroup.ts'
import type { MachineReading } from './proc/machine.ts'
import { cores, readMachine } from './proc/machine.ts'
import { judgeMachine } from './judge-machine.ts'

type Counter = keyof MachineReading
const counters = [
  'total_ms',
  'busy_ms',
  'steal_ms',
  'pressure_ms',
  'throttled_ms',
  'throttled_periods',
] as const satisfies readonly Counter[]

/** What the machine did besides, over the measured phase or, where none was named, over everything. */
export interface MachineWatch {
  measured(inside: boolean): void
  /** `apartMs`: CPU time of processes of ours that are in no `resources`. */
  result(
    wholeRun: boolean,
    resources: readonly Resources[],
    apartMs?: Milliseconds,
  ): { covariates: Covariates; findings: readonly Finding[] }
}

interface Growth {
  push(): void
  interrupt(): void
  /** Undefined where the system does not count it. */
  of(counter: Counter): number | undefined
  elapsed(): Milliseconds
}

function growthOf(read: () => MachineReading): Growth {
  const grown = new Map(counters.map((counter) => [counter, accumulators.total()]))
  const clock = accumulators.total()
  return {
    push() {
      const at = now()
      const reading = read()
      for (const [counter, accumulator] of grown) {
        const value = reading[counter]
        if (value !== undefined) accumulator.push(at, value)
      }
      clock.push(at, at)
    },
    interrupt() {
      for (const accumulator of grown.values()) accumulator.interrupt()
      clock.interrupt()
    },
    of: (counter) => grown.get(counter)?.result(),
    elapsed: () => clock.result() ?? 0,
  }
}

const sumOf = (resources: readonly Resources[], metric: string): number =>
  resources.reduce((sum, { metrics }) => sum + (metrics[metric] ?? 0), 0)
const percent = (part: number, whole: number): number => (whole > 0 ? Math.round((part / whole) * 1e4) / 100 : 0)

/** Windows has no load average, and Node says 0 for it. */
const load = (): Covariates => (process.platform === 'win32' ? {} : { load_average: Math.round((loadavg()[0] ?? 0) * 100) / 100 })

function covariatesOf(growth: Growth, resources: readonly Resources[]): Covariates {
  const [steal, pressure, throttled] = [growth.of('steal_ms'), growth.of('pressure_ms'), growth.of('throttled_ms')]
  const counted = resources.some(({ metrics }) => metrics['involuntary_context_switches'] !== undefined)
  return {
    ...(steal === undefined ? {} : { steal_percent: percent(steal, growth.of('total_ms') ?? 0) }),
    ...(pressure === undefined ? {} : { pressure_percent: Math.min(100, percent(pressure, growth.elapsed())) }),
    ...(throttled === undefined ? {} : { throttled_ms: Math.round(throttled * 10) / 10 }),
    ...(counted ? { involuntary_switches: sumOf(resources, 'involuntary_context_switches') } : {}),
    ...load(),
  }
}

export function watchMachine(): MachineWatch {
  const group = controlGroup()
  const read = (): MachineReading => readMachine(group)
  const whole = growthOf(read)
  const phase = growthOf(read)
  whole.push()

  return {
    measured(inside) {
      phase.push()
      if (!inside) phase.interrupt()
    },
    result(wholeRun, resources, apartMs = 0) {
      whole.push()
      const growth = wholeRun ? whole : phase
      const elapsed = growth.elapsed()
      const own = Math.max(0, ...resources.map(({ own_cpu_percent }) => own_cpu_percent))
      const watched_ms = sumOf(resources, 'cpu_time_ms') + apartMs + (own / 100) * elapsed
      const covariates = covariatesOf(growth, resources)
      const foreign_percent = Math.max(0, percent((growth.of('busy_ms') ?? 0) - watched_ms, growth.of('total_ms') ?? 0))
      const periods = growth.of('throttled_periods') ?? 0
      return { covariates, findings: judgeMachine({ ...covariates, foreign_percent, cores, periods }) }
    },
  }
}
