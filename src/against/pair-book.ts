import { failClashes } from '../main/clashes.ts'
import type { CaseError, Measured, MeasuredCase } from '../model/measured.ts'
import { preparedCase, type PreparedCase } from './case-pairs.ts'
import { processSummary, type ProcessPair } from './process-summary.ts'
import type { BenchFile, DeclaredId, Ran } from './side-messages.ts'

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
  /** Processes of base that measured it. */
  bases: number
  baseError?: string
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
    const baseOf = new Map(base.cases.map((one) => [one.identity.id, one]))
    for (const one of failClashes(head.cases)) this.#note(file, stage, one, baseOf.get(one.identity.id), head.tests[one.identity.id] ?? '')
    const [why] = base.errors
    if (why) for (const record of this.of(file)) record.baseError ??= firstLine(why.message)
    if (head.control && base.control) pairUp(head.control, base.control, this.control)
  }

  of(file: BenchFile): CaseRecord[] {
    const key = keyOf(file)
    return this.records.filter((record) => keyOf(record.file) === key)
  }

  declared(): DeclaredId[] {
    return [...this.#declared.values()].flat()
  }

  /** Errors of head's files as such. */
  errors(): CaseError[] {
    return [...this.#errors.values()].flat()
  }

  #note(file: BenchFile, stage: number, head: Measured, base: Measured | undefined, test: string): void {
    const record = this.#record(file, head.identity.id, test)
    if (head.state === 'measured') record.heads.push(head)
    else if (record.other?.state !== 'failed') record.other = head
    if (base?.state === 'measured') noteBase(record, base)
    else if (base?.state === 'failed') record.baseError ??= firstLine(base.errors[0]?.message ?? 'no reason was given')
    if (head.state === 'measured' && base?.state === 'measured') pairUp(head, base, (record.stages[stage] ??= []))
  }

  #record(file: BenchFile, id: string, test: string): CaseRecord {
    const known = this.of(file).find((record) => record.id === id)
    if (known) return known
    const record: CaseRecord = { file, id, test, heads: [], bases: 0, baseValues: new Set(), stages: [] }
    this.records.push(record)
    return record
  }
}

function noteBase(record: CaseRecord, { measurement }: MeasuredCase): void {
  record.bases++
  if (measurement.type === 'tracked') for (const value of measurement.values) record.baseValues.add(value)
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
