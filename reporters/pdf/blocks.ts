import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { inks, paper } from './fixed-svg.ts'

/** A4 less its margins, in points. */
export const pageWidth = 515

export type Write = (text: string) => string

const toneInks = { bad: inks.bad, good: inks.good, unclear: inks.unclear, quiet: paper.dim } as const
export type TextTone = keyof typeof toneInks

export const toned = (text: string, tone: TextTone): { text: string; color: string } => ({ text, color: toneInks[tone] })

/** A heading with its bookmark. */
export function heading(text: string, level: 1 | 2, more: { readonly id?: string; readonly within?: string; readonly newPage?: boolean } = {}): Content {
  return {
    text,
    fontSize: level === 1 ? 15 : 11,
    bold: true,
    margin: [0, level === 1 ? 0 : 14, 0, 6],
    headlineLevel: level,
    outline: true,
    outlineText: text.slice(0, 80),
    outlineExpanded: false,
    ...(more.id ? { outlineId: more.id, id: more.id } : {}),
    ...(more.within ? { outlineParentId: more.within } : {}),
    ...(more.newPage ? { pageBreak: 'before' as const } : {}),
  }
} // prettier-ignore

export interface TableColumn {
  readonly title: string
  readonly width: 'auto' | '*' | number
  readonly right?: boolean
}

/** A table with thin rules; its head is repeated on every page. */
export function grid(columns: readonly TableColumn[], rows: readonly (readonly (string | { text: string; color: string })[])[]): Content {
  const align = (at: number): { alignment: 'right' | 'left' } => ({ alignment: columns[at]?.right ? 'right' : 'left' })
  const head = columns.map(({ title }, at): TableCell => ({ text: title, color: paper.dim, fontSize: 7.5, ...align(at) }))
  const body = rows.map((cells) => cells.map((cell, at): TableCell => ({ ...(typeof cell === 'string' ? { text: cell } : cell), ...align(at) })))
  return {
    table: { headerRows: 1, widths: columns.map(({ width }) => width), body: [head, ...body], dontBreakRows: true },
    layout: {
      hLineWidth: (index: number) => (index === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => paper.rule,
      paddingLeft: (index: number) => (index === 0 ? 0 : 6),
      paddingRight: () => 0,
      paddingTop: () => 3,
      paddingBottom: () => 3,
    },
    fontSize: 8.5,
  }
} // prettier-ignore

/** A box with a coloured edge, for what is read first. */
export function box(content: Content[], ink: string): Content {
  return {
    table: { widths: ['*'], body: [[{ stack: content, fillColor: paper.raised, margin: [8, 4, 8, 4] }]] },
    layout: { hLineWidth: () => 0, vLineWidth: (index: number) => (index === 0 ? 3 : 0), vLineColor: () => ink },
    margin: [0, 0, 0, 10],
  }
}
