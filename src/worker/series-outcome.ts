import type { Finding } from '../model/finding.ts'
import type { Measurement } from '../model/measured.ts'
import type { Phase } from '../model/resources.ts'
import type { WatchedOutcome } from './outcome.ts'

/** The series as a case of its own: one phase a part. What processes used is told by the parts. */
export function seriesOf(measurement: Measurement, findings: readonly Finding[], parts: readonly WatchedOutcome[]): WatchedOutcome {
  const started_at = parts[0]?.watched.started_at ?? Date.now()
  const phases = parts.map(({ key = '', watched }): Phase => {
    const from_ms = watched.started_at - started_at
    return { name: key, from_ms, to_ms: from_ms + watched.duration_ms }
  })
  return { measurement, findings, kind: 'scale', watched: { started_at, duration_ms: phases.at(-1)?.to_ms ?? 0, phases } }
}
