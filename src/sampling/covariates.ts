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
  of(counter: Counter): number
  elapsed(): Milliseconds
}

function growthOf(read: () => MachineReading): Growth {
  const grown = new Map(counters.map((counter) => [counter, accumulators.total()]))
  const clock = accumulators.total()
  return {
    push() {
      const at = now()
      const reading = read()
      for (const [counter, accumulator] of grown) accumulator.push(at, reading[counter])
      clock.push(at, at)
    },
    interrupt() {
      for (const accumulator of grown.values()) accumulator.interrupt()
      clock.interrupt()
    },
    of: (counter) => grown.get(counter)?.result() ?? 0,
    elapsed: () => clock.result() ?? 0,
  }
}

const sumOf = (resources: readonly Resources[], metric: string): number =>
  resources.reduce((sum, { metrics }) => sum + (metrics[metric] ?? 0), 0)
const percent = (part: number, whole: number): number => (whole > 0 ? Math.round((part / whole) * 1e4) / 100 : 0)

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
      const covariates: Covariates = {
        steal_percent: percent(growth.of('steal_ms'), growth.of('total_ms')),
        pressure_percent: Math.min(100, percent(growth.of('pressure_ms'), elapsed)),
        throttled_ms: Math.round(growth.of('throttled_ms') * 10) / 10,
        involuntary_switches: sumOf(resources, 'involuntary_context_switches'),
        load_average: Math.round((loadavg()[0] ?? 0) * 100) / 100,
      }
      const foreign_percent = Math.max(0, percent(growth.of('busy_ms') - watched_ms, growth.of('total_ms')))
      return { covariates, findings: judgeMachine({ ...covariates, foreign_percent, cores, periods: growth.of('throttled_periods') }) }
    },
  }
}
