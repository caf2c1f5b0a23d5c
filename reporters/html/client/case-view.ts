import { caseMarkup } from '../case-markup.ts'
import type { PageData } from '../page-data.ts'
import { fill, one } from './dom.ts'
import { enliven } from './figures.ts'
import { readCase } from './packed-data.ts'

/** Draws a case; false where the report has none of that id. */
export async function openCase(id: string, { places, runs }: PageData): Promise<boolean> {
  const place = places.indexOf(id)
  const section = one('#case .case-body')
  const detail = place < 0 ? undefined : await readCase(place)
  if (!detail || !section) return false
  fill(section, caseMarkup(detail, { runs }))
  enliven(detail, section, { runs })
  return true
}
