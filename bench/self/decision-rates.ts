/**
 * The rates of `vitest-perf against`, by simulation: how often unchanged code is called slower, how often planted slow-downs are found, and what
 * naive rules make of the same data. Writes the table of docs/statistics.md: `node bench/self/decision-rates.ts [trials] [suites]`.
 */
import { mean, quantileSorted } from 'simple-statistics'
import { decide, type CaseDecision } from '../../src/against/decide.ts'
import type { CasePairs } from '../../src/against/evidence.ts'
import { nextStage } from '../../src/against/next-stage.ts'
import { pairedDifference, type PairedDifference } from '../../src/against/paired-difference.ts'
import type { ProcessSummary } from '../../src/against/process-summary.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { earlierRates } from './earlier-rule.ts'
import { fivePercentOnMeans, mannWhitneyOnSamples } from './naive-rules.ts'
import { noiseModels, normal, simulatePairs, type NoiseModel, type SimulatedProcess } from './noise-models.ts'

export interface Planted {
  /** Slow-down of head, as a share. */
  readonly effect: number
  readonly threshold_percent: number
  /** Times base's bytes and collections per call. @default 1 */
  readonly garbage?: number
}

/** Pairs of one simulated case, drawn when they are asked for. */
export function simulatedCase(model: NoiseModel, { effect, threshold_percent, garbage = 1 }: Planted, random: () => number) {
  const source = simulatePairs(model, effect, random)
  const draw = (count: number): PairedDifference[] =>
    Array.from({ length: count }, () => {
      const { base, head } = source.next().value
      return pairedDifference({ base: summary(base, 1, random), head: summary(head, garbage, random) })
    })
  let pairs: CasePairs = { id: model.name, threshold_percent, stages: [] }
  return {
    pairs: () => pairs,
    /** True where another stage was needed, and is there now. */
    advance(decision?: CaseDecision, most_pairs?: number): boolean {
      const count = nextStage(pairs, decision, most_pairs === undefined ? {} : { most_pairs })
      if (count > 0) pairs = { ...pairs, stages: [...pairs.stages, draw(count)] }
      return count > 0
    },
  }
}

/** The summary that `processSummary` makes of such a process; heap bytes nearly exact, collections rare and rough. */
function summary({ kept, all }: SimulatedProcess, garbage: number, random: () => number): ProcessSummary {
  return {
    metric: 'p10_time_ms',
    sign: 1,
    value: quantileSorted(
      kept.toSorted((a, b) => a - b),
      0.1,
    ),
    avg_time_ms: mean([...all]),
    heap_bytes_per_call: 1000 * garbage * (1 + 0.003 * normal(random)),
    gc_time_ns_per_call: random() < 0.3 ? 0 : 2e4 * garbage * Math.exp(0.5 * normal(random)),
  }
}

/** One suite of cases, run through all its stages as `against` does. */
export function simulateSuite(model: NoiseModel, planted: readonly Planted[], random: () => number, most_pairs?: number) {
  const cases = planted.map((one) => simulatedCase(model, one, random))
  for (const one of cases) {
    one.advance()
    one.advance()
  }
  let decisions = decide(cases.map((one) => one.pairs()))
  for (let look = 3; look < 8; look++) {
    const more = cases.filter((one, index) => one.pairs().stages.length >= 2 && one.advance(decisions[index], most_pairs))
    if (more.length === 0) break
    decisions = decide(cases.map((one) => one.pairs()))
  }
  return { decisions, cases }
}

export interface Rates {
  readonly flagged: number
  readonly improved: number
  readonly inconclusive: number
  readonly mean_pairs: number
}

/** Shares of trials of one case alone. */
export function caseRates(model: NoiseModel, planted: Planted, trials: number, seed: number, most_pairs?: number): Rates {
  const random = seededRandom(seed)
  const decisions = Array.from({ length: trials }, () => simulateSuite(model, [planted], random, most_pairs).decisions[0] as CaseDecision)
  const share = (verdict: CaseDecision['verdict']): number => decisions.filter((one) => one.verdict === verdict).length / trials
  return {
    flagged: share('regressed'),
    improved: share('improved'),
    inconclusive: share('inconclusive'),
    mean_pairs: mean(decisions.map((one) => one.pairs)),
  }
}

/** Suites of unchanged cases: share of cases and of suites in which something is called slower. */
export function suiteRates(model: NoiseModel, cases: number, suites: number, seed: number) {
  const random = seededRandom(seed)
  const flags = Array.from({ length: suites }, () => {
    const { decisions } = simulateSuite(
      model,
      Array.from({ length: cases }, () => ({ effect: 0, threshold_percent: 5 })),
      random,
    )
    return decisions.filter(({ verdict }) => verdict === 'regressed').length
  })
  return { per_case: mean(flags) / cases, per_suite: flags.filter((count) => count > 0).length / suites }
}
/** What naive rules say of unchanged code: shares of comparisons called slower. */
export function naiveRates(model: NoiseModel, trials: number, seed: number) {
  const random = seededRandom(seed)
  let [means, ranks] = [0, 0]
  for (let trial = 0; trial < trials; trial++) {
    const { base, head } = simulatePairs(model, 0, random).next().value
    if (fivePercentOnMeans(base.all, head.all)) means++
    if (mannWhitneyOnSamples(base.all, head.all)) ranks++
  }
  return { means: means / trials, ranks: ranks / trials }
}

function table(trials: number, suites: number): string {
  const percent = (share: number): string => (100 * share).toFixed(share < 0.01 ? 2 : 1)
  const head = [
    'noise',
    'A/A slower',
    'A/A improved',
    'A/A open',
    'suites of 50',
    '+3 % at 3 %',
    '+5 %',
    '+10 %',
    '-10 %',
    'garbage',
    'pairs, A/A',
    'pairs, +5 %',
    '5 % on means',
    'Mann-Whitney',
  ]
  const rows = noiseModels.map((model) => {
    const rates = (effect: number, threshold_percent = 5, garbage = 1) =>
      caseRates(model, { effect, threshold_percent, garbage }, trials, 11)
    const same = caseRates(model, { effect: 0, threshold_percent: 5 }, 5 * trials, 12)
    const suite = suiteRates(model, 50, suites, 13)
    const naive = naiveRates(model, trials, 14)
    const five = rates(0.05)
    return [
      model.name,
      percent(same.flagged),
      percent(same.improved),
      percent(same.inconclusive),
      percent(suite.per_suite),
      percent(rates(0.03, 3).flagged),
      percent(five.flagged),
      percent(rates(0.1).flagged),
      percent(rates(-0.1).improved),
      percent(rates(0, 5, 3).flagged),
      same.mean_pairs.toFixed(1),
      five.mean_pairs.toFixed(1),
      percent(naive.means),
      percent(naive.ranks),
    ]
  })
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function earlierTable(trials: number): string {
  const percent = (share: number): string => (100 * share).toFixed(1)
  const head = ['noise', '+3 % at 3 %: earlier', '24 pairs', 'further pairs', '+5 %: earlier', '24 pairs', 'further pairs']
  const rows = noiseModels.map((model) => {
    const cells = (
      [
        [0.03, 3],
        [0.05, 5],
      ] as const
    ).flatMap(([effect, threshold_percent]) => [
      earlierRates(model, effect, threshold_percent, trials, 15),
      caseRates(model, { effect, threshold_percent }, trials, 11, 24).flagged,
      caseRates(model, { effect, threshold_percent }, trials, 11).flagged,
    ])
    return [model.name, ...cells.map(percent)]
  })
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

if (process.argv[1] === import.meta.filename) {
  const [trials = 2000, suites = 400] = process.argv.slice(2).map(Number)
  console.log(
    `${trials} trials a cell (A/A: ${5 * trials}), ${suites} suites; percent\n\n${table(trials, suites)}\n\n${earlierTable(trials)}`,
  )
}
