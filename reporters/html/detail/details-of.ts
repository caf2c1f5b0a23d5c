import type { Compared } from '../../../src/model/run.ts'
import { plain } from '../../../src/report/plain-text.ts'
import type { Report } from '../../../src/report/reporter.ts'
import type { CaseView } from '../../../src/report/view-case.ts'
import type { CaseDetail } from './case-detail.ts'
import { detailOf } from './detail-of.ts'
import { finenessFor } from './fineness.ts'

/** Makes the details of each case of a report, when they are asked for. */
export function detailsOf({ run, view }: Report): (one: Compared) => CaseDetail {
  const viewsById = new Map(view.cases.map((one) => [one.id, one]))
  const gates = Map.groupBy(view.gates, ({ caseId }) => caseId)
  const checks = Map.groupBy(view.slo.checks, ({ caseId }) => caseId)
  // Pairs have times of both sides; of a baseline the times of its newest run are kept, though the change is against all of its runs.
  const baseName = run.against ? `base ${plain(run.against.base, 24)}` : 'newest run of the baseline'
  const fineness = finenessFor(run.cases.length)
  return (one) => {
    const { id } = one.identity
    const judgedBy = { baseName, gates: gates.get(id) ?? [], checks: checks.get(id) ?? [] }
    // Every case of a run has its words.
    return detailOf(viewsById.get(id) as CaseView, one, judgedBy, view.trend?.byCase.get(id), fineness)
  }
}
