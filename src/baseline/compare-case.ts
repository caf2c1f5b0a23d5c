import { mean } from 'simple-statistics'
import { finding } from '../model/finding.ts'
import type { Comparison, ComparisonVerdict } from '../model/run.ts'
import type { RecordedValue } from './baseline.ts'
import type { Headline } from './headline.ts'
import { predict, runsToJudge, toPercent } from './prediction.ts'

export interface Against {
  readonly against: string
  readonly threshold_percent: number
}

/** One figure of a case against its earlier values, which are at least one. */
export function compareFigure(headline: Headline, earlier: readonly RecordedValue[], against: Against): Comparison {
  const values = earlier.map(({ value }) => value)
  if (headline.noise !== 'noisy') return compareExact(headline, values, against)
  if (headline.value > 0 && values.every((value) => value > 0)) return comparePredicted(headline, values, against)
  return compareRaw(headline, values, against)
}

function verdictOf(worse: number, visible: number, threshold: number): ComparisonVerdict {
  if (worse >= visible) return 'regressed'
  if (worse <= -visible) return 'improved'
  return Math.abs(worse) <= threshold ? 'unchanged' : 'inconclusive'
}

function comparePredicted({ metric, value, better }: Headline, values: readonly number[], against: Against): Comparison {
  const threshold = Math.log1p(against.threshold_percent / 100)
  const earlier = values.map(Math.log)
  const { effect, half, visible } = predict(earlier, Math.log(value), threshold)
  const verdict = verdictOf(better === 'lower' ? effect : -effect, visible, threshold)
  const blind = values.length < runsToJudge && visible > threshold && (verdict === 'unchanged' || verdict === 'inconclusive')
  const visible_percent = toPercent(visible)
  return {
    verdict,
    metric,
    base: Math.exp(mean(earlier)),
    head: value,
    effect_percent: toPercent(effect),
    interval_percent: [toPercent(effect - half), toPercent(effect + half)],
    visible_percent,
    ...against,
    runs: values.length,
    findings: blind ? [finding('too_few_runs', { runs: values.length, visible_percent })] : [],
  }
}

/** Counters are compared with the newest value: one query more is one query more. Bytes may grow by the threshold. */
function compareExact({ metric, value, better, noise }: Headline, values: readonly number[], against: Against): Comparison {
  const base = values.at(-1) ?? value
  const visible_percent = noise === 'exact bytes' ? against.threshold_percent : 0
  const worse = better === 'lower' ? value - base : base - value
  const changed = Math.abs(value - base) > (Math.abs(base) * visible_percent) / 100
  const verdict = !changed ? 'unchanged' : worse > 0 ? 'regressed' : 'improved'
  return { verdict, metric, base, head: value, ...effectOf(base, value), visible_percent, ...against, runs: values.length, findings: [] }
}

/** Zero and negative values have no logarithm, hence no effect in percent to judge: a difference is shown and left open. */
function compareRaw({ metric, value }: Headline, values: readonly number[], against: Against): Comparison {
  const base = mean([...values])
  const verdict = value === base ? 'unchanged' : 'inconclusive'
  return { verdict, metric, base, head: value, ...effectOf(base, value), ...against, runs: values.length, findings: [] }
}

function effectOf(base: number, head: number): { effect_percent?: number } {
  if (head === base) return { effect_percent: 0 }
  return base > 0 ? { effect_percent: (head / base - 1) * 100 } : {}
}
