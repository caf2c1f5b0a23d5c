import { orAborted } from '../measure/abort.ts'
import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import type { CaseTools, Outcome } from './outcome.ts'

type TrackSubject = Extract<CaseSubject, { kind: 'track' }>

export async function runTrack(declared: DeclaredCase, subject: TrackSubject, context: unknown, tools: CaseTools): Promise<Outcome[]> {
  tools.phase('measure')
  const body = subject.body as (context: unknown) => unknown
  const returned = await orAborted(declared.name, tools.signal, async () => body(context))
  const values = Array.isArray(returned) ? returned : [returned]
  if (values.length === 0 || !values.every((value) => typeof value === 'number' && Number.isFinite(value))) {
    throw new PerfError(
      'OPTION_INVALID',
      `bench.track("${declared.name}") must return a number or a list of numbers, and returned ${describe(returned)}.`,
    )
  }
  return [{ measurement: { type: 'tracked', values: values as number[], unit: subject.unit, better: subject.better }, findings: [] }]
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list with something else in it'
  return value === null || typeof value !== 'object' ? String(value) : 'an object'
}
