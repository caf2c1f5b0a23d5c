import type { Slo } from '../model/benchmark-config.ts'
import { placeText } from '../model/error.ts'
import type { Compared, SloCheck, SloCompliance } from '../model/run.ts'
import { figure } from './figure.ts'
import type { Observation } from './slo-answer.ts'
import type { Objective } from './slo-objectives.ts'
import { objectives } from './slo-objectives.ts'

/** Missed by more than this factor, an objective is missed critically. */
const criticalFactor = 2

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

function check(slo: keyof Slo, { bound, unit }: Objective, limit: number, { case: one, metric, actual }: Observation): SloCheck {
  const met = bound === 'at most' ? actual <= limit : actual >= limit
  const critical = !met && (bound === 'at most' ? actual > limit * criticalFactor : actual * criticalFactor < limit)
  const { id, file, line } = one.identity
  const wanted = `${bound} ${figure(limit, unit, actual)}`
  const far = critical ? `, missed by more than ${criticalFactor} times` : ''
  const is = id.startsWith(metric)
    ? `${metric} up to ${figure(actual, unit, limit)} were kept`
    : `${id}.${metric} is ${figure(actual, unit, limit)}`
  const message = `${slo}: ${is}, ${met ? 'as wanted' : 'must be'} ${wanted}${far} (${placeText({ file, line })})`
  return { slo, metric, case: id, limit, actual, met, critical, message }
}
