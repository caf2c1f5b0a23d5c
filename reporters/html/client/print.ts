import { caseMarkup } from '../case-markup.ts'
import type { PageData } from '../page-data.ts'
import { all, fill, one } from './dom.ts'
import type { List } from './list.ts'

/**
 * Paper has no scrolling and no unfolding: before it is printed, the list is drawn from its first row, the cases that want attention get
 * their charts, and what is folded is opened. Tables of the numbers behind a chart stay folded.
 */
export function preparePrint({ printed, runs }: PageData, list: List): void {
  let opened: HTMLDetailsElement[] = []
  let told = ''
  const count = one('#shown')
  addEventListener('beforeprint', () => {
    all('.attention-case').forEach((place, at) => {
      const detail = printed[at]
      if (detail && !one('.panels', place)) fill(place, caseMarkup(detail, { runs }, 'paper'))
    })
    opened = all<HTMLDetailsElement>('main details:not([open], :has(.scroll))')
    for (const folded of opened) folded.open = true
    const rows = list.print()
    told = count?.textContent ?? ''
    if (count && rows < list.rows.length) count.textContent = `the first ${rows} of ${list.rows.length}`
  })
  addEventListener('afterprint', () => {
    for (const folded of opened) folded.open = false
    list.endPrint()
    if (count) count.textContent = told
  })
}
