import { failClashes } from '../main/clashes.ts'
import type { CaseError, FailedCase, Measured, MeasuredCase } from '../model/measured.ts'
import { preparedCase, type PreparedCase } from './case-pairs.ts'
import { processSummary, type ProcessPair } from './process-summary.ts'
import type { BenchFile, DeclaredId, Ran } from './side-messages.ts'
import type { SideName } from './turn-order.ts'

/** All that is known of one case: what its processes said, pair by pair. */
export interface CaseRecord {
  readonly file: BenchFile
  readonly id: string
  /** Vitest's id of its test, to run it alone. */
  readonly test: string
  /** Measured by processes of head, in time order. */
  readonly heads: MeasuredCase[]
  /** What head said instead of a measurement; a failure stays. */
  other?: Exclude<Measured, MeasuredCase>
  /** What is said where no process of head comes to it: an earlier case took each of them with it. */
  unreached?: FailedCase
  /** Sides that have not come to it yet. */
  readonly waiting: Set<SideName>
  /** Processes of base that measured it. */
  bases: number
  /** What they measured. */
  readonly baseMeasurements: MeasuredCase[]
  baseError?: string
  /** Sides that do not run it again: it failed in head, or did not come back there. */
  readonly leftOut: Set<SideName>
  /** Values that base tracked: those without a ratio can still be equal. */
  readonly baseValues: Set<number>
  /** By stage. */
  readonly stages: (ProcessPair[] | undefined)[]
}

/** The books of a comparison. */
export class PairBook {
  readonly records: CaseRecord[] = []
  readonly control: ProcessPair[] = []
  /** What head's files declare, by file. */
  readonly #declared = new Map<string, readonly DeclaredId[]>()
  readonly #errors = new Map<string, readonly CaseError[]>()

  add(file: BenchFile, stage: number, { base, head }: { readonly base: Ran; readonly head: Ran }): void {
    const key = keyOf(file)
    if (!this.#declared.has(key)) this.#declared.set(key, head.declared)
    if (head.errors.length > 0) this.#errors.set(key, head.errors)
    for (const one of failClashes(head.cases)) this.#note(file, stage, one, { base, head })
    const [why] = base.errors
    if (why) for (const record of this.of(file)) record.baseError ??= firstLine(why.message)
    if (head.control && base.control) pairUp(head.control, base.control, this.control)
  }

  of(file: BenchFile): CaseRecord[] {
    const key = keyOf(file)
    return this.records.filter((record) => keyOf(record.file) === key)
  }

  /** Tests of the file that this side still runs, of all or of `wanted`; `undefined` for all of them. */
  testsOf(file: BenchFile, side: SideName, wanted?: readonly string[]): readonly string[] | undefined {
    const out = new Set(this.of(file).flatMap((record) => (record.leftOut.has(side) ? [record.test] : [])))
    if (out.size === 0) return wanted
    const all = wanted ?? [...new Set(this.#declared.get(keyOf(file))?.map(({ test }) => test))]
    return all.filter((test) => !out.has(test))
  }

  declared(): DeclaredId[] {
    return [...this.#declared.values()].flat()
  }

  /** Errors of head's files as such. */
  errors(): CaseError[] {
    return [...this.#errors.values()].flat()
  }

  #note(file: BenchFile, stage: number, one: Measured, { base, head }: { readonly base: Ran; readonly head: Ran }): void {
    const { id } = one.identity
    const record = this.#record(file, id, head.tests[id] ?? '')
    noteHead(record, one, head)
    const other = base.cases.find(({ identity }) => identity.id === id)
    if (other) noteBase(record, other, base)
    if (one.state === 'measured' && other?.state === 'measured') pairUp(one, other, (record.stages[stage] ??= []))
  }

  #record(file: BenchFile, id: string, test: string): CaseRecord {
    const known = this.of(file).find((record) => record.id === id)
    if (known) return known
    const record: CaseRecord = {
      file,
      id,
      test,
      heads: [],
      waiting: new Set(),
      bases: 0,
      baseMeasurements: [],
      leftOut: new Set(),
      baseValues: new Set(),
      stages: [],
    }
    this.records.push(record)
    return record
  }
}

function noteHead(record: CaseRecord, one: Measured, { stopped, unreached }: Ran): void {
  if (one.state === 'failed' && unreached.includes(record.id)) {
    record.unreached = one
    if (record.heads.length === 0) record.waiting.add('head')
    return
  }
  record.waiting.delete('head')
  if (one.state === 'measured') record.heads.push(one)
  else if (record.other?.state !== 'failed') record.other = stopped.includes(record.id) ? named(one, 'head') : one
  if (record.other?.state === 'failed') record.leftOut.add('head').add('base')
}

function noteBase(record: CaseRecord, one: Measured, { stopped, unreached }: Ran): void {
  if (one.state === 'failed' && unreached.includes(record.id)) {
    if (record.bases === 0) record.waiting.add('base')
    return
  }
  record.waiting.delete('base')
  if (one.state === 'measured') {
    record.bases++
    record.baseMeasurements.push(one)
    if (one.measurement.type === 'tracked') for (const value of one.measurement.values) record.baseValues.add(value)
  } else if (one.state === 'failed') {
    const why = firstLine(one.errors[0]?.message ?? 'no reason was given')
    if (stopped.includes(record.id)) record.leftOut.add('base')
    record.baseError = record.leftOut.has('base') ? why : (record.baseError ?? why)
  }
}

/** Which of the two did not come back cannot be seen in its own words. */
function named(one: Exclude<Measured, MeasuredCase>, side: SideName): Exclude<Measured, MeasuredCase> {
  return one.state === 'failed' ? { ...one, errors: one.errors.map((error) => ({ ...error, message: `${side}: ${error.message}` })) } : one
}

/** The pairs of a case, as the rule takes them; a case may have a threshold of its own. */
export function prepared({ id, stages, heads }: CaseRecord, threshold_percent: number): PreparedCase {
  return preparedCase(
    id,
    heads[0]?.regression_threshold_percent ?? threshold_percent,
    Array.from(stages, (stage) => stage ?? []),
  )
}

function pairUp(head: Measured, base: Measured, pairs: ProcessPair[]): void {
  if (head.state !== 'measured' || base.state !== 'measured') return
  const [headSummary, baseSummary] = [processSummary(head), processSummary(base)]
  if (headSummary && baseSummary && headSummary.sign === baseSummary.sign) pairs.push({ base: baseSummary, head: headSummary })
}

function keyOf({ file, project }: BenchFile): string {
  return `${project}\0${file}`
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? ''
}
