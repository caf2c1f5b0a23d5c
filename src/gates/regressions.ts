import type { Compared, ComparedRun, Comparison, SummarisedCase } from '../model/run.ts'
import { waiverOf } from './waivers.ts'
import { digits, figure, unitOf, unitOfName } from './figure.ts'

/** What the comparison has against this run: what fails it where regressions do, and what is only said. */
export function describeRegressions(compared: ComparedRun, filtered: boolean): { readonly failing: string[]; readonly reported: string[] } {
  const failing: string[] = []
  const reported: string[] = []
  const told = (comparison: Comparison, state: State, sentence: string): void => {
    const list = standsAgainst(comparison, state, filtered) ? failing : reported
    list.push(`${sentence}${waiverOf(comparison).words}`)
  }
  for (const one of compared.cases) {
    const { comparison } = one
    if (comparison?.verdict === 'regressed') told(comparison, one.state, regressed(one, comparison))
    if (comparison?.verdict !== 'missing') continue
    const { id } = one.identity
    if (one.state === 'skipped') told(comparison, one.state, missing(id, comparison, 'was skipped'))
    if (one.state === 'measured') told(comparison, one.state, missing(id, comparison, withoutFigure(one)))
    if (one.state === 'not_applicable') told(comparison, one.state, missing(id, comparison, 'is not applicable here'))
  }
  const [first, ...more] = compared.missing
  // Left out on purpose: nobody wants to read of each.
  if (filtered && first && more.length > 0)
    reported.push(`${more.length + 1} cases of ${first.comparison.against} were not asked for, and not compared.`)
  else for (const { id, comparison } of compared.missing) told(comparison, 'gone', missing(id, comparison, 'is not in this run'))
  return { failing, reported }
}

type State = Compared['state'] | 'gone'

/** What a run fails for where regressions fail it. */
function standsAgainst(comparison: Comparison, state: State, filtered: boolean): boolean {
  if (waiverOf(comparison).waived) return false
  if (comparison.verdict === 'regressed') return true
  switch (state) {
    case 'measured':
      return true
    case 'skipped':
    case 'gone':
      return !filtered
    // A failed case fails the run by itself; what this machine cannot do is no regression.
    case 'failed':
    case 'not_applicable':
      return false
  }
}

/** Writes into each regression and each missing case whether it fails the run, so that no report has to judge again. */
export function markRegressions<T extends Pick<ComparedRun, 'cases' | 'missing'>>(compared: T, fail: boolean, filtered: boolean): T {
  const marked = (comparison: Comparison, state: State): Comparison =>
    comparison.verdict === 'regressed' || comparison.verdict === 'missing'
      ? { ...comparison, fails: fail && standsAgainst(comparison, state, filtered) }
      : comparison
  return {
    ...compared,
    cases: compared.cases.map((one): Compared => (one.comparison ? { ...one, comparison: marked(one.comparison, one.state) } : one)),
    missing: compared.missing.map((one) => ({ ...one, comparison: marked(one.comparison, 'gone') })),
  }
}

function withoutFigure({ metrics }: SummarisedCase): string {
  const success = metrics['success_rate'] ?? 100
  return success < 99 ? `now only ${digits(success)} % of its requests succeeded` : 'now has no such figure'
}

function missing(id: string, { against }: Comparison, how: string): string {
  return `${id} has a value in ${against} and ${how}: it could not be compared.`
}

function regressed(one: Compared, comparison: Comparison): string {
  const { metric, base, head, effect_percent: effect, interval_percent: interval, threshold_percent } = comparison
  const unit = one.state === 'measured' ? unitOf(metric, one) : unitOfName(metric)
  const values = base === undefined || head === undefined ? '' : ` from ${figure(base, unit, head)} to ${figure(head, unit, base)}`
  const by = effect === undefined ? '' : ` by ${Math.abs(effect).toFixed(1)} %`
  const within = interval ? `, interval ${interval[0].toFixed(1)} to ${interval[1].toFixed(1)} %` : ''
  const direction = (effect ?? (head ?? 0) - (base ?? 0)) > 0 ? 'rose' : 'fell'
  return `${one.identity.id}.${metric} ${direction}${by}${values} against ${comparison.against} (allowed: ${threshold_percent} %${within}).`
}
