import { readdirSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { freemem, loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { attachedTools } from '../../measure/attached-tools.ts'
import { clockQuality } from '../../measure/clock.ts'
import { toMegabytes } from '../../model/units.ts'
import { decisiveFlags } from '../../sampling/fingerprint.ts'
import { installedVersion } from '../../sampling/installed-version.ts'
import { controlGroup } from '../../sampling/proc/cgroup.ts'
import { limits } from '../../sampling/proc/cgroup-limits.ts'
import { cores, readMachine } from '../../sampling/proc/machine.ts'
import { readProc } from '../../sampling/proc/read-file.ts'
import { ownVersion } from '../version.ts'
import type { Facts } from './facts.ts'
import { busiestOf, processTimes } from './processes.ts'

/** Watches the machine for a moment and reads what it tells about itself. @param window_ms how long to watch */
export async function readFacts(root: string, window_ms = 1000): Promise<Facts> {
  const group = controlGroup()
  const before = { machine: readMachine(group), processes: processTimes(), swapped: swappedPages(), own: process.cpuUsage() }
  await wait(window_ms)
  const after = { machine: readMachine(group), processes: processTimes(), swapped: swappedPages(), own: process.cpuUsage(before.own) }
  const total_ms = Math.max(1, after.machine.total_ms - before.machine.total_ms)
  const own_ms = (after.own.user + after.own.system) / 1000
  const share = (ms: number): number => Math.max(0, (100 * ms) / total_ms)
  const { cgroup_cpus } = limits(group)
  return {
    platform: process.platform,
    cores,
    ...affinity(),
    ...(cgroup_cpus !== null && { cgroup_cpus }),
    throttled_ms: (after.machine.throttled_ms ?? 0) - (before.machine.throttled_ms ?? 0),
    window_ms,
    steal_percent: share((after.machine.steal_ms ?? 0) - (before.machine.steal_ms ?? 0)),
    busy_percent: share(after.machine.busy_ms - before.machine.busy_ms - own_ms),
    load_average: loadavg()[0] ?? 0,
    busiest: busiestOf(before.processes, after.processes, window_ms),
    swapped_pages: after.swapped - before.swapped,
    ...memory(),
    ...hardware(),
    clock: { ...clockQuality(), ...clockSource() },
    tools: attachedTools().flatMap((one) => (one.code === 'debugger_attached' ? [one.facts.what] : [])),
    flags: decisiveFlags(process.execArgv, process.env['NODE_OPTIONS']),
    node: process.version,
    vitest: installedVersion('vitest', root),
    vitest_perf: ownVersion(),
    ...(await disk(root)),
    ...kernelLimits(),
    ...unseen(),
  }
}

/** `0-3,8`, by proc(5). */
function affinity(): Pick<Facts, 'affinity_cores'> {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readProc('/proc/self/status') ?? '')?.[1]
  if (list === undefined) return {}
  const ranges = list.split(',').map((range) => range.split('-').map(Number))
  return { affinity_cores: ranges.reduce((sum, [first = 0, last = first]) => sum + last - first + 1, 0) }
}

/** Where each of these is read. A system without that place may be disturbed by it, and nobody would know. */
const places: Readonly<Record<string, string>> = {
  'time that the host gives to others': '/proc/stat',
  'who uses the processor': '/proc/self/stat',
  swap: '/proc/meminfo',
  "the clock's governor": '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor',
  'the clock source': '/sys/devices/system/clocksource/clocksource0/current_clocksource',
}

function unseen(): Pick<Facts, 'unseen'> {
  const names = Object.entries(places).flatMap(([name, path]) => (readProc(path) === undefined ? [name] : []))
  return names.length > 0 ? { unseen: names } : {}
}

const trimmed = (path: string): string | undefined => readProc(path)?.trim()

function memory(): Pick<Facts, 'swap_used_mb' | 'available_memory_mb'> {
  const text = readProc('/proc/meminfo') ?? ''
  const kilobytes = (name: string): number | undefined => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1]
    return found === undefined ? undefined : Number(found)
  }
  const available = kilobytes('MemAvailable')
  return {
    swap_used_mb: ((kilobytes('SwapTotal') ?? 0) - (kilobytes('SwapFree') ?? 0)) / 1024,
    available_memory_mb: available === undefined ? toMegabytes(freemem()) : available / 1024,
  }
}

function swappedPages(): number {
  const text = readProc('/proc/vmstat') ?? ''
  return [...text.matchAll(/^pswp(?:in|out) (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0)
}

function hardware(): Pick<Facts, 'governor' | 'boost' | 'on_battery' | 'virtual'> {
  const frequency = '/sys/devices/system/cpu'
  const governor = trimmed(`${frequency}/cpu0/cpufreq/scaling_governor`)
  const boost = trimmed(`${frequency}/cpufreq/boost`)
  const noTurbo = trimmed(`${frequency}/intel_pstate/no_turbo`)
  const processors = readProc('/proc/cpuinfo')
  const supplies = folder('/sys/class/power_supply').map((name) => trimmed(`/sys/class/power_supply/${name}/status`))
  return {
    ...(governor !== undefined && { governor }),
    ...(boost !== undefined && { boost: boost === '1' }),
    ...(noTurbo !== undefined && { boost: noTurbo === '0' }),
    ...(processors !== undefined && { virtual: /^flags\s*:.*\bhypervisor\b/m.test(processors) }),
    ...(supplies.length > 0 && { on_battery: supplies.includes('Discharging') }),
  }
}

function clockSource(): Pick<Facts['clock'], 'source'> {
  const source = trimmed('/sys/devices/system/clocksource/clocksource0/current_clocksource')
  return source === undefined ? {} : { source }
}

function kernelLimits(): Pick<Facts, 'somaxconn' | 'open_files'> {
  const somaxconn = Number(trimmed('/proc/sys/net/core/somaxconn') ?? Number.NaN)
  const open = Number(/^Max open files\s+(\d+)/m.exec(readProc('/proc/self/limits') ?? '')?.[1] ?? Number.NaN)
  return { ...(Number.isFinite(somaxconn) && { somaxconn }), ...(Number.isFinite(open) && { open_files: open }) }
}

async function disk(root: string): Promise<Pick<Facts, 'free_disk_mb'>> {
  try {
    const { bavail, bsize } = await statfs(root)
    return { free_disk_mb: toMegabytes(bavail * bsize) }
  } catch {
    return {}
  }
}

function folder(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
