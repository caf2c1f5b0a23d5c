import type { MeasuredCase, Measurement, SampledTimes } from '../model/measured.ts'
import { mergeLoads } from '../stats/merge-loads.ts'

/** What all processes of one side measured of a case, as one: samples keep their order, and each process begins a block. */
export function poolProcesses(processes: readonly MeasuredCase[]): MeasuredCase | undefined {
  const [first] = processes
  if (!first) return undefined
  return {
    ...first,
    duration_ms: processes.reduce((sum, { duration_ms }) => sum + duration_ms, 0),
    measurement: pooled(processes.map(({ measurement }) => measurement)),
    findings: [...new Map(processes.flatMap(({ findings }) => findings).map((one) => [one.code, one])).values()],
  }
}

function pooled(all: readonly Measurement[]): Measurement {
  const [first] = all
  if (!first) throw new RangeError('no process to pool')
  switch (first.type) {
    case 'samples':
      return pooledSamples(all.filter((one) => one.type === 'samples'))
    case 'load':
      return mergeLoads(all.filter((one) => one.type === 'load'))
    case 'tracked':
      return { ...first, values: all.flatMap((one) => (one.type === 'tracked' ? one.values : [])) }
    case 'scale': {
      const points = all.flatMap((one) => (one.type === 'scale' ? one.points : []))
      return {
        ...first,
        points: first.points.map((point) => ({
          ...point,
          times: pooledSamples(points.filter(({ n }) => n === point.n).map(({ times }) => times)),
        })),
      }
    }
    case 'reported':
    case 'levels':
    case 'capacity':
    case 'observation':
      return first
  }
}

function pooledSamples(all: readonly SampledTimes[]): SampledTimes {
  const [first] = all
  if (!first) throw new RangeError('no process to pool')
  const memories = all.flatMap(({ memory }) => memory ?? [])
  const middle = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  let from = 0
  return {
    ...first,
    ns_per_call: all.flatMap(({ ns_per_call }) => ns_per_call),
    batch: Math.min(...all.map(({ batch }) => batch)),
    calls: all.reduce((sum, { calls }) => sum + calls, 0),
    block_starts: all.map(({ ns_per_call }) => {
      const start = from
      from += ns_per_call.length
      return start
    }),
    ...(memories.length === 0
      ? {}
      : {
          memory: {
            bytes_per_call: middle(memories.map(({ bytes_per_call }) => bytes_per_call)),
            gc_ns_per_call: middle(memories.map(({ gc_ns_per_call }) => gc_ns_per_call)),
            gc_count: memories.reduce((sum, { gc_count }) => sum + gc_count, 0),
          },
        }),
  }
}
