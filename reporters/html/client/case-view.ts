import { caseMarkup } from '../case-markup.ts'
import type { CaseDetail } from '../detail/case-detail.ts'
import type { PageData } from '../page-data.ts'
import { fill, one } from './dom.ts'
import { enliven } from './figures.ts'
import { readCase } from './packed-data.ts'
import { zoomIn } from './zoom.ts'

/** Nothing where the report has none of that id. */
export async function detailOf(id: string, { places }: PageData): Promise<CaseDetail | undefined> {
  const place = places.indexOf(id)
  return place < 0 ? undefined : readCase(place)
}

/** `zoomed` is told which runs of the trend are shown from then on. */
export function drawCase(detail: CaseDetail, { runs }: PageData, zoom: string, zoomed: (zoom: string) => void): void {
  const section = one('#case .case-body')
  if (!section) return
  const context = { runs, ...zoomIn(zoom, runs.length) }
  fill(section, caseMarkup(detail, context))
  enliven(detail, section, context, zoomed)
}
