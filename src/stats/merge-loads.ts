import { decodeFromCompressedBase64, encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'
import type { FailureKind, LoadTimes } from '../model/measured.ts'

/** Several loads of one case as one: counts are added, histograms merge exactly, windows stand one after the other. */
export function mergeLoads(loads: readonly LoadTimes[]): LoadTimes {
  const [first, ...others] = loads
  if (!first) throw new RangeError('no load to merge')
  if (others.length === 0) return { ...first, windows: withoutStray(first) }
  const sum = (of: (load: LoadTimes) => number): number => loads.reduce((total, load) => total + of(load), 0)
  const requests = sum((load) => load.requests)
  const weighted = (of: (load: LoadTimes) => number): number => (requests > 0 ? sum((load) => of(load) * load.requests) / requests : 0)
  const elapsed_ms = sum((load) => load.elapsed_ms)
  const overTime = (of: (load: LoadTimes) => number): number => sum((load) => of(load) * load.elapsed_ms) / elapsed_ms
  const mean_ms = weighted((load) => load.mean_ms)
  const kinds = Object.keys(first.failures) as FailureKind[]
  return {
    ...first,
    histogram: merged(loads.map(({ histogram }) => histogram)),
    min_ms: Math.min(...loads.map((load) => load.min_ms)),
    max_ms: Math.max(...loads.map((load) => load.max_ms)),
    mean_ms,
    // Variance within the loads and between their means.
    stddev_ms: Math.sqrt(weighted((load) => load.stddev_ms ** 2 + (load.mean_ms - mean_ms) ** 2)),
    elapsed_ms,
    requests,
    planned: sum((load) => load.planned),
    dropped: sum((load) => load.dropped),
    late: sum((load) => load.late),
    failures: Object.fromEntries(kinds.map((kind) => [kind, sum((load) => load.failures[kind])])) as LoadTimes['failures'],
    first_failures: loads.flatMap((load) => load.first_failures).slice(0, Math.max(5, first.first_failures.length)),
    bytes_received: sum((load) => load.bytes_received),
    body_bytes_received: sum((load) => load.body_bytes_received),
    bytes_sent: sum((load) => load.bytes_sent),
    connections: connectionsOf(loads),
    windows: windowsOf(loads),
    steps: stepsOf(loads),
    ...transportOf(loads),
    ceiling: loads.find(({ ceiling }) => ceiling.verdict !== 'server')?.ceiling ?? first.ceiling,
    generator: {
      cpu_percent: overTime((load) => load.generator.cpu_percent),
      event_loop_utilization: overTime((load) => load.generator.event_loop_utilization),
    },
  }
}

/** Loads of one case may have been sent by different clients: what is merged says so. */
function transportOf(loads: readonly LoadTimes[]): Pick<LoadTimes, 'transport' | 'transport_reason'> {
  const known = [...new Set(loads.flatMap(({ transport }) => transport ?? []))]
  const reasons = [...new Set(loads.flatMap(({ transport_reason }) => transport_reason ?? []))]
  const [transport, another] = known
  if (transport === undefined) return {}
  if (another === undefined) return { transport, ...(reasons.length > 0 && { transport_reason: reasons.join('; ') }) }
  const shares = known.map((one) => `${loads.filter((load) => load.transport === one).length} of ${loads.length} loads ${one}`)
  return { transport: 'mixed', transport_reason: [shares.join(', '), ...reasons].join('; ') }
}

/** Means are over the connections that were opened. */
function connectionsOf(loads: readonly LoadTimes[]): LoadTimes['connections'] {
  const all = loads.map(({ connections }) => connections)
  const sum = (of: (one: LoadTimes['connections']) => number): number => all.reduce((total, one) => total + of(one), 0)
  const opened = sum((one) => one.opened)
  const mean = (of: (one: LoadTimes['connections']) => number): number => (opened > 0 ? sum((one) => of(one) * one.opened) / opened : 0)
  return {
    opened,
    reused: sum((one) => one.reused),
    connect_ms: mean((one) => one.connect_ms),
    tls_ms: mean((one) => one.tls_ms),
    wait_ms: mean((one) => one.wait_ms),
  }
}

function windowsOf(loads: readonly LoadTimes[]): LoadTimes['windows'] {
  let from = 0
  return loads.flatMap((load) => {
    const shifted = withoutStray(load).map((window) => ({ ...window, at_ms: window.at_ms + from }))
    from += load.elapsed_ms
    return shifted
  })
}

/**
 * Answers to the last requests come a little after the end and make a window of their own, whose median of one or two stands for nothing. They are
 * counted in the window before.
 */
function withoutStray({ windows, elapsed_ms }: LoadTimes): LoadTimes['windows'] {
  const [last, before] = [windows.at(-1), windows.at(-2)]
  if (!last || !before || elapsed_ms - last.at_ms >= (last.at_ms - before.at_ms) / 2) return windows
  const joined = {
    ...before,
    requests: before.requests + last.requests,
    failures: before.failures + last.failures,
    bytes: before.bytes + last.bytes,
  }
  return [...windows.slice(0, -2), joined]
}

function stepsOf(loads: readonly LoadTimes[]): LoadTimes['steps'] {
  const names = new Set(loads.flatMap(({ steps }) => Object.keys(steps)))
  return Object.fromEntries(
    [...names].map((name) => {
      const parts = loads.flatMap(({ steps }) => (Object.hasOwn(steps, name) ? (steps[name] ?? []) : []))
      const count = (of: (step: LoadTimes['steps'][string]) => number): number => parts.reduce((total, step) => total + of(step), 0)
      const counts = { requests: count((step) => step.requests), failures: count((step) => step.failures) }
      return [name, { histogram: merged(parts.map(({ histogram }) => histogram)), ...counts }]
    }),
  )
}

function merged(histograms: readonly string[]): string {
  const [first, ...others] = histograms.map((text): Histogram => decodeFromCompressedBase64(text))
  if (!first) throw new RangeError('no histogram to merge')
  for (const other of others) first.add(other)
  return encodeIntoCompressedBase64(first)
}
