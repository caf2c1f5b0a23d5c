import type { Slo } from '../model/benchmark-config.ts'
import { placeText } from '../model/error.ts'
import type { Compared, SloCheck, SloCompliance } from '../model/run.ts'
import { digits, figure } from './figure.ts'
import type { Observation } from './slo-answer.ts'
import type { Objective } from './slo-objectives.ts'
import { objectives } from './slo-objectives.ts'

/** Missed by more than this factor, an objective is missed critically. */
const criticalFactor = 2
/** Answers that failed are often the quick ones: an objective about answers is met by cases that succeed, in percent. */
const successWanted = 99
/** Below it, the case measured mostly failures: missed critically. */
const mostlyFailed = 50

/** Checks each objective on each case that can answer it. The percentage counts the checks made, and nothing else. */
export function judgeSlo(cases: readonly Compared[], slo: Slo): SloCompliance {
  const checks: SloCheck[] = []
  const not_checked: { slo: string; reason: string }[] = []
  for (const [name, objective] of Object.entries(objectives) as [keyof Slo, Objective][]) {
    const answer = objective.observe(cases, slo[name])
    if (typeof answer === 'string') not_checked.push({ slo: name, reason: answer })
    else checks.push(...answer.map((observation) => check(name, objective, slo[name], observation)))
  }
  const violations = checks.filter(({ met }) => !met)
  return {
    overall_compliance: checks.length === 0 ? null : (100 * (checks.length - violations.length)) / checks.length,
    checks,
    violations,
    critical_violations: violations.filter(({ critical }) => critical),
    not_checked,
  }
}

function check(slo: keyof Slo, objective: Objective, limit: number, { case: one, metric, actual }: Observation): SloCheck {
  const { bound, unit } = objective
  const success = objective.of_answers === true ? successRate(one) : 100
  const within = bound === 'at most' ? actual <= limit : actual >= limit
  const met = within && success >= successWanted
  const far = bound === 'at most' ? actual > limit * criticalFactor : actual * criticalFactor < limit
  const critical = far || success < mostlyFailed
  const { id, file, line } = one.identity
  const is = id.startsWith(metric)
    ? `${metric} up to ${figure(actual, unit, limit)} were kept`
    : `${id}.${metric} is ${figure(actual, unit, limit)}`
  const wanted = `${within ? 'as wanted' : 'must be'} ${bound} ${figure(limit, unit, actual)}`
  const by = far ? `, missed by more than ${criticalFactor} times` : ''
  const but = success < successWanted ? `; only ${digits(success)} % of its requests succeeded, and failed answers meet no objective` : ''
  return {
    slo,
    metric,
    case: id,
    limit,
    actual,
    met,
    critical,
    message: `${slo}: ${is}, ${wanted}${by}${but} (${placeText({ file, line })})`,
  }
}

function successRate(one: Compared): number {
  return one.state === 'measured' ? (one.metrics['success_rate'] ?? 100) : 100
}
