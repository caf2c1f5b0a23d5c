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
  /** Vitest's ids of its test, to run it alone. They are places in the file, so each side has its own. */
  readonly tests: Partial<Record<SideName, string>>
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
  /** Pairs of processes that were to measure it, whatever came of them. */
  tried: number
  /** No pair of its file was complete before the comparison ended. */
  readonly notReached?: true
}

/** Which pair of processes of a file this was, and for what. */
export interface PairAt {
  readonly stage: number
  /** Its place among the pairs of the file, from 0. */
  readonly pair: number
  /** The cases it was run for; all of the file where absent. */
  readonly wanted?: readonly CaseRecord[] | undefined
}

/** The books of a comparison. */
export class PairBook {
  readonly records: CaseRecord[] = []
  readonly control: ProcessPair[] = []
  /** What head's files declare, by file. */
  readonly #declared = new Map<string, readonly DeclaredId[]>()
  /** What base declares in the same files: another code may make other cases of them. */
  readonly #inBase = new Map<string, readonly DeclaredId[]>()
  readonly #tests = new Map<string, Readonly<Record<SideName, readonly string[]>>>()
  readonly #errors = new Map<string, readonly CaseError[]>()

  add(file: BenchFile, at: PairAt, { base, head }: { readonly base: Ran; readonly head: Ran }): void {
    const key = keyOf(file)
    this.declare(file, head.declared)
    if (!this.#tests.has(key)) this.#tests.set(key, { base: testsIn(base), head: testsIn(head) })
    if (!this.#inBase.has(key)) this.#inBase.set(key, base.declared)
    if (head.errors.length > 0) this.#errors.set(key, head.errors)
    const about = new Set(at.wanted)
    for (const one of failClashes(head.cases)) about.add(this.#note(file, at, one, { base, head }))
    for (const record of about) {
      record.tried++
      record.stages[at.stage] ??= []
    }
    const [why] = base.errors
    if (why) for (const record of this.of(file)) record.baseError ??= firstLine(why.message)
    if (head.control && base.control) pairUp(head.control, base.control, at, this.control)
  }

  of(file: BenchFile): CaseRecord[] {
    const key = keyOf(file)
    return this.records.filter((record) => keyOf(record.file) === key)
  }

  /** Tests of the file that this side still runs, of all or of the `wanted` cases; `undefined` for all of them. */
  testsOf(file: BenchFile, side: SideName, wanted?: readonly CaseRecord[]): readonly string[] | undefined {
    const of = (records: readonly CaseRecord[]): string[] => [...new Set(records.flatMap(({ tests }) => tests[side] ?? []))]
    const out = new Set(of(this.of(file).filter(({ leftOut }) => leftOut.has(side))))
    if (wanted) return of(wanted).filter((test) => !out.has(test))
    if (out.size === 0) return undefined
    return (this.#tests.get(keyOf(file))?.[side] ?? []).filter((test) => !out.has(test))
  }

  /** Says what head declares in a file, before any of it is run. */
  declare(file: BenchFile, declared: readonly DeclaredId[]): void {
    const key = keyOf(file)
    if (!this.#declared.has(key)) this.#declared.set(key, declared)
  }

  declared(): DeclaredId[] {
    return [...this.#declared.values()].flat()
  }

  declaredByBase(): DeclaredId[] {
    return [...this.#inBase.values()].flat()
  }

  /** Gives cases of files that no pair was complete of a place in the books: they are not gone. */
  noteUnreached(isWanted: (one: DeclaredId) => boolean): void {
    const ran = new Set(this.#tests.keys())
    for (const one of this.declared()) {
      const { identity, active } = one
      if (ran.has(keyOf(identity)) || !active || !isWanted(one)) continue
      const record = { ...newRecord({ file: identity.file, project: identity.project }, identity.id), notReached: true as const }
      const reason = 'the comparison ended before it was measured'
      this.records.push({ ...record, other: { state: 'skipped', identity, findings: [], reason } })
    }
  }

  /** Errors of head's files as such. */
  errors(): CaseError[] {
    return [...this.#errors.values()].flat()
  }

  #note(file: BenchFile, at: PairAt, one: Measured, { base, head }: { readonly base: Ran; readonly head: Ran }): CaseRecord {
    const { id } = one.identity
    const record = this.#record(file, id)
    noteTest(record, 'head', head)
    noteTest(record, 'base', base)
    noteHead(record, one, head)
    const other = base.cases.find(({ identity }) => identity.id === id)
    if (other) noteBase(record, other, base)
    if (one.state === 'measured' && other?.state === 'measured') pairUp(one, other, at, (record.stages[at.stage] ??= []))
    return record
  }

  #record(file: BenchFile, id: string): CaseRecord {
    const known = this.of(file).find((record) => record.id === id)
    if (known) return known
    const record = newRecord(file, id)
    this.records.push(record)
    return record
  }
}

function newRecord(file: BenchFile, id: string): CaseRecord {
  return {
    file,
    id,
    tests: {},
    heads: [],
    waiting: new Set(),
    bases: 0,
    baseMeasurements: [],
    leftOut: new Set(),
    baseValues: new Set(),
    stages: [],
    tried: 0,
  }
}

function testsIn({ declared }: Ran): readonly string[] {
  return [...new Set(declared.map(({ test }) => test))]
}

function noteTest({ id, tests }: CaseRecord, side: SideName, ran: Ran): void {
  const test = ran.tests[id]
  if (test !== undefined) tests[side] = test
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

function pairUp(head: Measured, base: Measured, { pair }: PairAt, pairs: ProcessPair[]): void {
  if (head.state !== 'measured' || base.state !== 'measured') return
  const [headSummary, baseSummary] = [processSummary(head), processSummary(base)]
  if (headSummary && baseSummary && headSummary.sign === baseSummary.sign) pairs.push({ base: baseSummary, head: headSummary, pair })
}

function keyOf({ file, project }: BenchFile): string {
  return `${project}\0${file}`
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0] ?? ''
}
