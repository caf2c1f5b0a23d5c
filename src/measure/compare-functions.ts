import type { FunctionSpec } from '../model/spec.ts'
import { mserCut } from '../stats/mser.ts'
import { now } from './clock.ts'
import type { MeasuredFunction } from './conclude.ts'
import { conclude } from './conclude.ts'
import type { OnPhase } from './function-phase.ts'
import { firstOfEach, unheard } from './function-phase.ts'
import { guarded } from './guarded.ts'
import type { PreparedCase } from './prepared-case.ts'
import { prepare } from './prepared-case.ts'
import { sampleBlock } from './sample-block.ts'
import type { RecordedSamples } from './sample-record.ts'
import { SampleRecord } from './sample-record.ts'

/** Turns of each case: ten times there and back. */
const turns = 20
/** Fewer pairs than this have no interval at 95 %. */
const leastTurns = 6
const stretch = 10

/**
 * Measures cases in turns, A B … B A A B …: what changes the machine's speed meanwhile meets all of them alike. Each case
 * has the time budget that it would have alone, in 20 turns; where single calls are so long that the budgets are used up
 * early, fewer turns are taken, but at least six (unless that took three times the budget). `block_starts` says where the
 * turns begin; every case has the same number of them, in the order of the rounds. `iterations` and `onPhase` as in `measureFunction`.
 *
 * Warm-up that shows in any of the cases is cut in whole turns, the same ones from all.
 *
 * @throws PerfError CASE_THREW, CASE_TIMEOUT
 */
export function compareFunctions(specs: readonly FunctionSpec[], onPhase: OnPhase = unheard): Promise<MeasuredFunction[]> {
  const begins = firstOfEach(onPhase)
  return guarded(specs, begins, async () => {
    const cases: PreparedCase[] = []
    for (const spec of specs) cases.push(await prepare(spec, begins))
    const records = cases.map(({ warmed }) => new SampleRecord(warmed.batch))
    begins('measure')
    await takeTurns(cases, records)
    begins('checks')
    const samples = records.map((record) => record.finish())
    const cutTurns = Math.max(0, ...samples.map(turnsToCut))
    const measured: MeasuredFunction[] = []
    for (const [index, { body, spec, warmed }] of cases.entries()) {
      const own = samples[index]
      if (own) measured.push(await conclude(body, spec, warmed, own, own.block_starts[cutTurns] ?? 0, begins))
    }
    return measured
  })
}

async function takeTurns(cases: readonly PreparedCase[], records: readonly SampleRecord[]): Promise<void> {
  const budgetMs = cases.reduce((sum, { spec }) => sum + spec.timeMs, 0)
  const start = now()
  const made = cases.map(({ body }) => body.calls())
  const unfulfilled = (): boolean => cases.some(({ spec, body }, index) => body.calls() - (made[index] ?? 0) < (spec.iterations ?? 0))
  for (let turn = 0; ; turn++) {
    const used = now() - start
    if (turn > 0 && used > stretch * budgetMs) return
    if (turn >= leastTurns && used >= budgetMs && !unfulfilled()) return
    if (turn > 0 && turn < leastTurns && used > 3 * budgetMs && !unfulfilled()) return
    if (turn >= turns && !unfulfilled()) return
    const order = turn % 2 === 0 ? [...cases.keys()] : [...cases.keys()].reverse()
    for (const index of order) {
      const { body, spec, warmed } = cases[index] as PreparedCase
      const ms = spec.timeMs / turns
      await sampleBlock(body, warmed.batch, { ms, samples: 1, deadlineMs: stretch * ms }, records[index] as SampleRecord, spec.signal)
    }
  }
}

/** MSER's cut in whole turns: at most half of them, and never so many that too few pairs are left. */
function turnsToCut({ ns_per_call, block_starts }: RecordedSamples): number {
  const cut = mserCut(ns_per_call)
  const first = block_starts.findIndex((start) => start >= cut)
  return first < 0 ? 0 : Math.max(0, Math.min(first, block_starts.length >> 1, block_starts.length - leastTurns))
}
