import type { Finding } from '../model/finding.ts'
import type { Compared } from '../model/run.ts'

/**
 * The findings of a case that somebody can act on. All of them are in the JSON; a report that repeats what nobody asked about is not read.
 *
 * @param judged full names of the metrics that a gate or an objective is on
 */
export function shownFindings(one: Compared, judged: ReadonlySet<string>): Finding[] {
  const all = [...one.findings, ...(one.comparison?.findings ?? [])]
  const has = (code: Finding['code']): boolean => all.some((finding) => finding.code === code)
  return all.filter((finding) => {
    if (finding.code === 'few_for_tail') return isAsked(finding.facts.percentile, one, judged)
    // The ceiling says the same, and what it means for the figure.
    return finding.code !== 'late_sends' || !has('generator_ceiling')
  })
}

/** A tail that is judged, or the p95 that every table of a load shows. */
function isAsked(percentile: string, { identity: { id, kind } }: Compared, judged: ReadonlySet<string>): boolean {
  const name = percentile.replace(/[^p\d]/g, '')
  return judged.has(`${id}.${name}_time_ms`) || (kind === 'http' && name === 'p95')
}
