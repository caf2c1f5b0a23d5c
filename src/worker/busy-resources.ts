import { availableParallelism, totalmem } from 'node:os'
import type { LoadTimes } from '../model/measured.ts'
import type { Resources, Subject } from '../model/resources.ts'
import { bytesPerMegabyte } from '../model/units.ts'

/**
 * Resources that have an end, by name, with how much of each was used while a level was loaded: 1 is all of it. The generator has no agent, and tells
 * of its event loop itself.
 */
export function busyResources(
  resources: readonly Resources[],
  { generator }: Pick<LoadTimes, 'generator'>,
): Readonly<Record<string, number>> {
  const metric = (subject: Subject, name: string) => resources.find((one) => one.subject === subject)?.metrics[name]
  const cores = availableParallelism()
  const cpus = resources.flatMap(({ metrics }) => metrics['cpu_percent'] ?? [])
  const memory = metric('server', 'memory_mb')
  const shares = {
    "the server's event loop": metric('server', 'event_loop_utilization'),
    "the load generator's event loop": generator.event_loop_utilization,
    [`all ${cores} cores`]: cpus.length === 0 ? undefined : cpus.reduce((sum, percent) => sum + percent, 0) / (100 * cores),
    memory: memory === undefined ? undefined : memory / (totalmem() / bytesPerMegabyte),
  }
  return Object.fromEntries(Object.entries(shares).flatMap(([name, share]) => (share === undefined ? [] : [[name, share]])))
}
