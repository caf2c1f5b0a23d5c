import { caseId } from '../model/case-id.ts'
import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import type { LoadLevel, LoadWindow } from '../model/measured.ts'
import type { RunningServer } from '../model/server.ts'
import { busyResources } from './busy-resources.ts'
import type { Watch, WatchedOutcome } from './outcome.ts'
import { runHttp } from './run-http.ts'
import { seriesOf } from './series-outcome.ts'
import { answeredOf } from '../stats/load-throughput.ts'

type UsersSubject = Extract<CaseSubject, { kind: 'users' }>

/** Each number of users in turn, watched on its own. A user without a session or a pause is a connection that asks again when it was answered. */
export async function runUsers(
  declared: DeclaredCase,
  subject: UsersSubject,
  server: RunningServer,
  watch: Watch,
): Promise<WatchedOutcome[]> {
  const { request, load, over } = subject
  const go = load.session !== undefined || load.thinkTime !== undefined || load.rampUp !== undefined ? 'users' : 'connections'
  const parts: WatchedOutcome[] = []
  const points: LoadLevel[] = []
  for (const n of over) {
    const level = { kind: 'http', request, load: { ...load, [go]: n } } as const
    const id = `${caseId(declared.name, declared.options.id)}_${n}`
    const { result, watched } = await watch((tools) => runHttp({ ...declared, options: { ...declared.options, id } }, level, server, tools))
    for (const outcome of result) {
      const { measurement } = outcome
      if (measurement.type !== 'load') continue
      const { elapsed_ms, mean_ms, windows, ceiling } = measurement
      points.push({
        n,
        elapsed_ms,
        answered: answeredOf(measurement),
        failed: measurement.failures.status + measurement.failures.check,
        mean_ms,
        // The latencies of each window stand in the case of the level.
        windows: windows.map(withoutHistogram),
        ceiling,
        busy: busyResources(watched.resources ?? [], measurement),
      })
      parts.push({ ...outcome, key: String(n), kind: 'http', watched })
    }
  }
  return [seriesOf({ type: 'levels', points }, [], parts), ...parts]
}

function withoutHistogram(window: LoadWindow): LoadWindow {
  const { histogram, ...rest } = window
  return histogram === undefined ? window : rest
}
