import { fit, pad, widthOf } from './width.ts'

export interface Column {
  readonly title: string
  readonly cells: readonly string[]
  readonly align: 'left' | 'right'
  /** Where the line is too short, the column with the highest number goes first; 0 stays and is shortened instead. */
  readonly priority: number
  /** What stands in its place before it goes. */
  readonly short?: { readonly cells: readonly string[]; readonly priority: number }
  readonly style?: (text: string, row: number) => string
}

const gap = 2

/** Rows of text no wider than `columns`: columns are shortened, then dropped, before the one that must stay is cut. */
export function table(all: readonly Column[], columns: number, head: (text: string) => string): string[] {
  const fitted = fitColumns(all, columns)
  const widths = fitted.map((column) => Math.max(...[column.title, ...column.cells].map(widthOf)))
  const excess = total(widths) - columns
  const sized = fitted.map((column, at) =>
    column.priority === 0 && excess > 0 ? Math.max(8, (widths[at] ?? 0) - excess) : (widths[at] ?? 0),
  )
  const line = (texts: readonly string[], style: (text: string, at: number) => string): string =>
    texts
      .map((text, at) => style(pad(fit(text, sized[at] ?? 0), sized[at] ?? 0, fitted[at]?.align ?? 'left'), at))
      .join(' '.repeat(gap))
      .trimEnd()
  const rows = fitted[0]?.cells.length ?? 0
  return [
    line(fitted.map(({ title }) => title), head),
    ...Array.from({ length: rows }, (_, row) =>
      line(fitted.map(({ cells }) => cells[row] ?? ''), (text, at) => fitted[at]?.style?.(text, row) ?? text)),
  ] // prettier-ignore
}

const total = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width + gap, -gap)
/** The column that must stay keeps this much before others go. */
const leastName = 22

function fitColumns(all: readonly Column[], columns: number): readonly Column[] {
  const width = (some: readonly Column[]): number =>
    total(some.map(({ title, cells, priority }) => {
      const wide = Math.max(...[title, ...cells].map(widthOf))
      return priority === 0 ? Math.min(wide, leastName) : wide
    })) // prettier-ignore
  if (width(all) <= columns) return all
  const [last] = all.filter(({ priority }) => priority > 0).sort((a, b) => b.priority - a.priority)
  if (!last) return all
  const { short, ...rest } = last
  const next = short ? all.map((column) => (column === last ? { ...rest, ...short } : column)) : all.filter((column) => column !== last)
  return fitColumns(next, columns)
}
