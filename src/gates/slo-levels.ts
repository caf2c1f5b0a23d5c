import type { Compared } from '../model/run.ts'
import type { Answer } from './slo-answer.ts'

interface Level {
  readonly n: number
  readonly kept: boolean
  readonly case: Compared
}

/** A level is kept when at least so many percent of its calls succeeded. */
const keptFrom = 99

/** `concurrent_users_25` is one level; a scale case named `concurrent_users` has one for each of its points. */
function levelsOf(one: Compared, prefix: string): Level[] {
  if (one.state === 'skipped' || one.state === 'not_applicable') return []
  const names = [one.identity.id, one.identity.operation]
  const own = names.flatMap((name) => (name.startsWith(`${prefix}_`) ? [Number(name.slice(prefix.length + 1))] : [])).find(Number.isInteger)
  if (own !== undefined) return [{ n: own, kept: isKept(one), case: one }]
  if (!names.includes(prefix) || one.state !== 'measured' || one.measurement.type !== 'scale') return []
  return one.measurement.points.map(({ n }) => ({ n, kept: true, case: one }))
}

function isKept(one: Compared): boolean {
  return one.state === 'measured' && (one.metrics['success_rate'] ?? 100) >= keptFrom
}

/**
 * The largest level up to which every tried one was kept. Levels that were all kept but end below the limit leave the objective
 * open: what was not tried is neither met nor missed.
 */
export function levelReached(cases: readonly Compared[], prefix: string, limit: number): Answer {
  const levels = cases.flatMap((one) => levelsOf(one, prefix)).toSorted((a, b) => a.n - b.n)
  const broken = levels.find(({ kept }) => !kept)
  const kept = levels.findLast(({ n, kept }) => kept && (!broken || n < broken.n))
  if (kept && kept.n >= limit) return [{ case: kept.case, metric: prefix, actual: kept.n }]
  if (broken) return [{ case: broken.case, metric: prefix, actual: kept?.n ?? 0 }]
  if (kept) return `levels up to ${kept.n} were kept; ${limit} was not tried`
  return `no case of this run is ${prefix}_N`
}
