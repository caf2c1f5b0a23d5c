import { counted, integer, number } from '../../report/format.ts'
import { plain } from '../../report/plain-text.ts'
import type { Facts } from './facts.ts'

/** `bad`: numbers of this machine mislead. `weak`: they are right and less sure. `note`: good to know. */
interface Advice {
  readonly weight: 'bad' | 'weak' | 'note'
  /** What was seen and what it means. */
  readonly text: string
  /** A command that helps, or what to do. */
  readonly todo: string
}

export interface Diagnosis {
  /** How far numbers of this machine can be trusted. */
  readonly trust: 'good' | 'fair' | 'poor'
  /** Worst first. */
  readonly advice: readonly Advice[]
}

type Rule = (facts: Facts) => Advice | undefined
const bad = (text: string, todo: string): Advice => ({ weight: 'bad', text, todo })
const weak = (text: string, todo: string): Advice => ({ weight: 'weak', text, todo })
const note = (text: string, todo: string): Advice => ({ weight: 'note', text, todo })
const percent = (value: number): string => `${number(value)} %`

const machine: readonly Rule[] = [
  ({ steal_percent }) =>
    steal_percent >= 2
      ? (steal_percent >= 10 ? bad : weak)(
          `The host gives ${percent(steal_percent)} of this machine's time to others: times are longer than they are, by an amount that changes.`,
          'Use a machine of your own, or compare versions side by side: npx vitest-perf against main',
        )
      : undefined,
  ({ busy_percent, busiest, cores }) =>
    busy_percent >= 10
      ? (busy_percent >= 50 ? bad : weak)(
          `Other programs use ${percent(busy_percent)} of ${counted(cores, 'core')}${namesOf(busiest)}: they take turns with what is measured.`,
          'End them, or wait until they have finished.',
        )
      : undefined,
  ({ load_average, cores, busy_percent }) =>
    load_average > cores && busy_percent < 10
      ? weak(
          `The load of the last minute was ${number(load_average)} on ${counted(cores, 'core')}: the machine was busy a moment ago.`,
          'Wait a minute.',
        )
      : undefined,
  ({ throttled_ms, cgroup_cpus, cores, affinity_cores = cores }) =>
    throttled_ms > 0
      ? bad(
          `The container was held back for ${number(throttled_ms)} ms while nothing was measured: its quota is used up by others in it.`,
          'Give the container whole cores: docker run --cpuset-cpus=0-3 …',
        )
      : cgroup_cpus !== undefined && cgroup_cpus < affinity_cores
        ? weak(
            `The container may use the time of ${counted(cgroup_cpus, 'core')} on ${integer(affinity_cores)}: a quota stops everything for parts of each 100 ms once it is used up.`,
            'Give it whole cores instead: docker run --cpuset-cpus=0-3 …',
          )
        : undefined,
  ({ cores, cgroup_cpus }) =>
    Math.min(cores, cgroup_cpus ?? cores) < 2
      ? weak(
          'There is one core: load generator, server and test share it, so that HTTP loads measure all three.',
          'Use two cores or more for http cases.',
        )
      : undefined,
  ({ swapped_pages, swap_used_mb }) =>
    swapped_pages > 0
      ? bad(
          `The machine is swapping (${counted(swapped_pages, 'page')} in the last moment): any access to memory may take milliseconds.`,
          'Free memory, or: sudo swapoff -a',
        )
      : swap_used_mb >= 64
        ? weak(
            `${integer(swap_used_mb)} MB lie in swap: first accesses to them are slow.`,
            'With enough memory: sudo swapoff -a && sudo swapon -a',
          )
        : undefined,
  ({ available_memory_mb }) =>
    available_memory_mb < 512
      ? weak(`Only ${integer(available_memory_mb)} MB of memory are free.`, 'End programs that hold memory.')
      : undefined,
]

const processor: readonly Rule[] = [
  ({ governor }) =>
    governor !== undefined && governor !== 'performance'
      ? weak(
          `The processor's clock follows the governor "${plain(governor, 30)}": short cases run before it has sped up.`,
          'sudo cpupower frequency-set -g performance',
        )
      : undefined,
  ({ on_battery }) =>
    on_battery ? weak('The machine runs on its battery: the processor is slowed down to save it.', 'Connect the power supply.') : undefined,
  ({ boost, virtual }) =>
    boost && !virtual
      ? note(
          'The processor boosts its clock while it is cool: later cases may be slower than the first.',
          'For steady numbers: echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost',
        )
      : undefined,
  ({ clock }) =>
    clock.source === 'hpet' || clock.source === 'acpi_pm' || clock.overhead_ns > 1000
      ? bad(
          `A look at the clock takes ${number(clock.overhead_ns)} ns${clock.source ? ` (clock source ${plain(clock.source, 30)})` : ''}: short cases measure the clock.`,
          'Use the clock source tsc or kvm-clock, where the machine has it.',
        )
      : clock.resolution_ns > 100_000
        ? weak(
            `The clock moves in steps of ${number(clock.resolution_ns / 1e6)} ms: short samples are coarse.`,
            'Nothing to do here: more calls go into a sample, which takes longer.',
          )
        : undefined,
]

const programs: readonly Rule[] = [
  ({ tools, flags }) =>
    tools.length > 0
      ? bad(`A ${tools.join(' and a ')} would be attached to what is measured.`, 'Unset NODE_OPTIONS and NODE_V8_COVERAGE.')
      : flags.length > 0
        ? weak(`NODE_OPTIONS change how code runs: ${plain(flags.join(' '), 80)}.`, 'Unset NODE_OPTIONS, unless production runs with them.')
        : undefined,
  ({ node }) =>
    supported(node)
      ? undefined
      : bad(`Node ${node.replace(/^v/, '')} is not supported.`, 'Install Node 24: npm install --save-dev node@24'),
  ({ vitest }) =>
    vitest === 'unknown'
      ? bad('There is no Vitest in this folder.', 'npm install --save-dev vitest@5')
      : tooOld(vitest)
        ? bad(`Vitest ${plain(vitest, 20)} is too old.`, 'npm install --save-dev vitest@5')
        : undefined,
  ({ free_disk_mb }) =>
    free_disk_mb !== undefined && free_disk_mb < 200
      ? (free_disk_mb < 20 ? bad : weak)(
          `Only ${integer(free_disk_mb)} MB are free on the disk of the reports.`,
          'Remove old runs from benchmark-results.',
        )
      : undefined,
  ({ open_files }) =>
    open_files !== undefined && open_files < 4096
      ? note(`A process may open ${integer(open_files)} files: loads of many connections will fail.`, 'ulimit -n 65535')
      : undefined,
  ({ somaxconn }) =>
    somaxconn !== undefined && somaxconn < 1024
      ? note(
          `${integer(somaxconn)} connections at most wait to be accepted: bursts of more are refused.`,
          'sudo sysctl net.core.somaxconn=65535',
        )
      : undefined,
]

const order: readonly Advice['weight'][] = ['bad', 'weak', 'note']

/** Pure: the same facts give the same words. */
export function diagnose(facts: Facts): Diagnosis {
  const found = [...machine, ...processor, ...programs].flatMap((rule) => rule(facts) ?? [])
  const advice = order.flatMap((weight) => found.filter((one) => one.weight === weight))
  const trust = found.some(({ weight }) => weight === 'bad') ? 'poor' : found.some(({ weight }) => weight === 'weak') ? 'fair' : 'good'
  return { trust, advice }
}

function namesOf(busiest: Facts['busiest']): string {
  const named = busiest.slice(0, 3).map(({ name, pid, cpu_percent }) => `${plain(name, 20)} ${pid} ${percent(cpu_percent)}`)
  return named.length === 0 ? '' : ` (${named.join(', ')})`
}

/** Before 4.1. */
function tooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 4 || (major === 4 && minor < 1)
}

/** `^22.12.0 || ^24.0.0 || >=26.0.0` */
function supported(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major === 22 ? minor >= 12 : major === 24 || major >= 26
}
