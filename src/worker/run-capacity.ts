import { isMet } from '../author/objective.ts'
import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import type { CapacityProbe, LoadTimes } from '../model/measured.ts'
import type { RunningServer } from '../model/server.ts'
import { answeredOf } from '../stats/load-throughput.ts'
import { summariseLoad } from '../stats/summarise-load.ts'
import { searchCapacity } from './capacity-search.ts'
import type { CaseTools, Outcome } from './outcome.ts'
import { runHttp } from './run-http.ts'

type CapacitySubject = Extract<CaseSubject, { kind: 'capacity' }>

/** A rate is held when no more of its planned requests than this are without an answer; a few always are under way at the end. */
const shareMissing = 0.02
const underWay = 2
const successWanted = 99
/** A server that an earlier probe overran works off its queue before it is measured again. */
const longestSettling = 300

export async function runCapacity(
  declared: DeclaredCase,
  subject: CapacitySubject,
  server: RunningServer,
  tools: CaseTools,
): Promise<Outcome[]> {
  const { from, to, step, repeats, keep, request, load } = subject
  const probes: CapacityProbe[] = []
  const again = { ...declared, options: { ...declared.options, warmupMs: Math.min(declared.options.warmupMs, longestSettling) } }
  tools.phase('measure')
  // The phases and generators of the probes are theirs: the search is watched as a whole.
  const quiet: CaseTools = { ...tools, phase: () => {}, watch: (_, pid) => tools.apart(pid) }
  await searchCapacity(
    { from, to, step, repeats },
    async (rate, part) => {
      const shape = { kind: 'http', request, load: { ...load, rate } } as const
      const [outcome] = await runHttp(probes.length === 0 ? declared : again, shape, server, quiet)
      if (outcome?.measurement.type !== 'load') return false
      const probe = judged(outcome.measurement, subject, rate, part)
      probes.push(probe)
      return probe.kept
    },
    () => tools.signal.aborted,
  )
  return [{ measurement: { type: 'capacity', keep: keep.map(({ text }) => text), from, to, step, probes }, findings: [] }]
}

function judged(load: LoadTimes, { keep }: CapacitySubject, rate: number, part: CapacityProbe['part']): CapacityProbe {
  const { metrics } = summariseLoad(load)
  const answered = answeredOf(load)
  const achieved = load.elapsed_ms > 0 ? (answered / load.elapsed_ms) * 1000 : 0
  const success = metrics['success_rate'] ?? 0
  const named = keep.some(({ metric }) => metric === 'success_rate')
  const missed = keep.find((objective) => !isMet(objective, metrics[objective.metric] ?? Number.NaN))
  const reason =
    load.planned - answered > Math.max(underWay, shareMissing * load.planned)
      ? `${answered} of ${load.planned} planned requests were answered in time, ${round(achieved)} per second`
      : !named && success < successWanted
        ? `${round(success)} % of the requests succeeded`
        : missed
          ? `${missed.metric} was ${round(metrics[missed.metric])}, not ${missed.sign} ${missed.limit}`
          : ''
  const values = Object.fromEntries(keep.flatMap(({ metric }) => (metrics[metric] === undefined ? [] : [[metric, metrics[metric]]])))
  return { rate, kept: reason === '', reason, part, achieved, values, ceiling: load.ceiling, generator: load.generator }
}

function round(value: number | undefined): string {
  return value === undefined ? 'not known' : String(Number(value.toPrecision(4)))
}
