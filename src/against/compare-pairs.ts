import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decide } from './decide.ts'
import { nextStage } from './next-stage.ts'
import { PairBook, prepared, type CaseRecord } from './pair-book.ts'
import type { Places } from './places.ts'
import { processPlan } from './process-plan.ts'
import type { Progress } from './progress.ts'
import { firstStagePairs, mostPairs } from './rule.ts'
import { runPair } from './run-pair.ts'
import { pairPlan } from './schedule.ts'
import type { BenchFile, Ran } from './side-messages.ts'
import type { SideName } from './turn-order.ts'

export interface PairOptions {
  readonly files: readonly BenchFile[]
  /** The user's own folder of the project: bench files are read there. */
  readonly project: string
  readonly threshold_percent: number
  /** Most pairs of one case. @default 48 */
  readonly pairs?: number
  readonly only?: readonly string[]
  readonly seed: number
  /** No pair begins that would probably end later, in milliseconds since the epoch. */
  readonly deadline?: number
  readonly signal: AbortSignal
  readonly progress: Progress
}

/** A pair took about so long is known only afterwards; a little more may always happen. */
const slack = 1.15

/** Runs pairs of processes, stage by stage, until every case is settled or the time is over. What was measured is in the book, whatever happens. */
export class PairRunner {
  readonly book = new PairBook()
  /** Set where the budget ended before all was settled. */
  outOfTime = false
  readonly #places: Places
  readonly #options: PairOptions
  readonly #files: FileState[]

  constructor(places: Places, options: PairOptions) {
    this.#places = places
    this.#options = options
    this.#files = options.files.map((file) => ({ file, pairs: 0, together: false, open: true, lastMs: 0 }))
  }

  async run(): Promise<void> {
    const { progress, pairs: most = mostPairs } = this.#options
    await Promise.all(this.#files.map((state) => this.#look(state)))
    await this.#declare()
    const first = Math.min(firstStagePairs, most)
    for (let pair = 0; pair < first; pair++) {
      for (const state of this.#files) {
        if (!state.open) continue
        progress.pairs('first stage', this.#left(first - pair, state))
        if (!(await this.#pair(state, 0))) return
        this.#decideFile(state)
      }
    }
    for (let stage = 1; ; stage++) {
      const wanted = this.#wanted(most)
      if (wanted.length === 0) return
      for (const { state, cases } of wanted) if (!(await this.#further(state, cases, stage))) return
    }
  }

  async #further(state: FileState, cases: readonly Wanted[], stage: number): Promise<boolean> {
    const most = Math.max(...cases.map(({ pairs }) => pairs))
    for (let pair = 0; pair < most; pair++) {
      const now = cases.filter(({ pairs }) => pairs > pair)
      const names = now.map(({ record }) => record.id)
      this.#options.progress.pairs(`${names.length} ${names.length === 1 ? 'case' : 'cases'} to settle`, {
        pairs: most - pair,
        ms: this.#withinBudget((most - pair) * state.lastMs),
      })
      const records = now.map(({ record }) => record).filter(({ leftOut }) => leftOut.size === 0)
      if (records.length > 0 && !(await this.#pair(state, stage, records))) return false
    }
    return true
  }

  /** @returns false where there is no time left for it */
  async #pair(state: FileState, stage: number, wanted?: readonly CaseRecord[]): Promise<boolean> {
    const { seed, signal, deadline, only } = this.#options
    signal.throwIfAborted()
    if (deadline !== undefined && state.lastMs > 0 && Date.now() + slack * state.lastMs > deadline) {
      this.outOfTime = true
      return false
    }
    const start = Date.now()
    const control = stage === 0 && this.book.control.length <= state.pairs
    const process = { ...processPlan, control, ...(only ? { only } : {}) }
    const plan = pairPlan(seed, state.pairs++)
    const ofSide = (side: SideName): readonly string[] | undefined => this.book.testsOf(state.file, side, wanted)
    const ran = await runPair(this.#places, { file: state.file, plan, process, together: state.together, tests: ofSide })
    this.book.add(state.file, { stage, pair: plan.index, wanted }, ran)
    // How long a pair takes that was cut short says nothing of the next one.
    if (this.#tellStopped(ran) === 0) state.lastMs = Date.now() - start
    return true
  }

  #tellStopped(ran: Readonly<Record<SideName, Ran>>): number {
    const told = sideNames.flatMap((side) =>
      ran[side].cases.flatMap((one) => {
        if (one.state !== 'failed' || !ran[side].stopped.includes(one.identity.id)) return []
        return `${side}: ${one.errors[0]?.message.split('\n', 1)[0] ?? ''} It is left out of further pairs.`
      }),
    )
    for (const text of told) this.#options.progress.say(text)
    return told.length
  }

  /** A load is seen in the source, so that the first pair can already take turns; later pairs know. */
  async #look(state: FileState): Promise<void> {
    const source = await readFile(join(this.#options.project, state.file.file), 'utf8').catch(() => '')
    state.together = /\bhttp\s*\(/.test(source)
  }

  /** Where the end may come before each file had a pair, head says first which cases there are: what was not reached is not gone. */
  async #declare(): Promise<void> {
    const { deadline, seed } = this.#options
    if (this.#files.length < 2 && deadline === undefined) return
    await this.#places.arrange(pairPlan(seed, 0).swapped)
    const { declared } = await (await this.#places.side('head')).collect()
    for (const { file } of this.#files) {
      const own = declared.filter(({ identity }) => identity.file === file.file && identity.project === file.project)
      if (own.length > 0) this.book.declare(file, own)
    }
  }

  #decideFile(state: FileState): void {
    const records = this.book.of(state.file)
    const waiting = records.some((record) => record.waiting.size > 0)
    state.together = records.some(({ heads }) => heads[0]?.identity.kind === 'http') || (state.together && waiting)
    // Where base has nothing in common with head there is nothing to compare.
    state.open = records.some(
      ({ leftOut, waiting, bases, heads }) => !leftOut.has('base') && (waiting.size > 0 || (bases > 0 && heads.length > 0)),
    )
  }

  #wanted(most: number): { state: FileState; cases: Wanted[] }[] {
    const { threshold_percent } = this.#options
    const judged = this.book.records.map((record) => ({ record, ...prepared(record, threshold_percent) }))
    const decisions = decide(judged.map(({ pairs }, at) => ({ ...pairs, id: String(at) })))
    const decisionOf = new Map(decisions.map((decision) => [Number(decision.id), decision]))
    return this.#files
      .map((state) => ({
        state,
        cases: judged.flatMap(({ record, pairs, kept }, at): Wanted[] => {
          if (record.file !== state.file || record.leftOut.size > 0 || kept.length === 0) return []
          const wanted = nextStage(pairs, decisionOf.get(at), { most_pairs: most, tried: record.tried })
          return wanted > 0 ? [{ record, pairs: wanted }] : []
        }),
      }))
      .filter(({ cases }) => cases.length > 0)
  }

  #withinBudget(ms: number): number {
    const { deadline } = this.#options
    return deadline === undefined ? ms : Math.min(ms, Math.max(0, deadline - Date.now()))
  }

  #left(rounds: number, from: FileState): { pairs: number; ms: number } {
    const open = this.#files.filter((state) => state.open)
    const later = open.slice(open.indexOf(from)).length + (rounds - 1) * open.length
    const known = open.filter(({ lastMs }) => lastMs > 0)
    const mean = known.reduce((sum, { lastMs }) => sum + lastMs, 0) / Math.max(1, known.length)
    return { pairs: later, ms: this.#withinBudget(mean * later) }
  }
}

const sideNames: readonly SideName[] = ['base', 'head']

interface FileState {
  readonly file: BenchFile
  pairs: number
  together: boolean
  open: boolean
  lastMs: number
}

interface Wanted {
  readonly record: CaseRecord
  readonly pairs: number
}
