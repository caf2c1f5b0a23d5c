import { readProc } from './read-file.ts'

/** The control group this process is in, both generations (cgroups(7)). */
export interface ControlGroup {
  /** Folders of the group and of those above it: a limit of any of them holds. */
  cpu: readonly string[]
  memory: readonly string[]
}

function upwards(mount: string, path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  const folders = parts.map((_, index) => `${mount}/${parts.slice(0, parts.length - index).join('/')}`)
  return [...folders, mount]
}

export function controlGroup(text: string | undefined = readProc('/proc/self/cgroup')): ControlGroup {
  const lines = (text ?? '').split('\n').map((line) => line.split(':'))
  const unified = lines.find(([number, controllers]) => number === '0' && controllers === '')
  const folders = (controller: string): string[] => {
    const own = lines.find(([, controllers]) => controllers?.split(',').includes(controller))
    if (own) return upwards(`/sys/fs/cgroup/${controller}`, own[2] ?? '/')
    return unified ? upwards('/sys/fs/cgroup', unified[2] ?? '/') : []
  }
  return { cpu: folders('cpu'), memory: folders('memory') }
}

/** Times that the group had to wait because its CPU quota was used up. */
export interface Throttling {
  readonly periods: number
  readonly throttled_ms: number
}

/** Undefined where no group counts it. */
export function throttling(folders: readonly string[]): Throttling | undefined {
  for (const folder of folders) {
    const text = readProc(`${folder}/cpu.stat`)
    if (text === undefined || !text.includes('nr_throttled')) continue
    const field = (name: string): number | undefined => {
      const found = new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1]
      return found === undefined ? undefined : Number(found)
    }
    const throttled_ms = (field('throttled_usec') ?? 0) / 1e3 + (field('throttled_time') ?? 0) / 1e6
    return { periods: field('nr_throttled') ?? 0, throttled_ms }
  }
  return undefined
}
