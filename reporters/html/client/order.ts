import type { SortKey, TableData } from '../table.ts'
import type { Shown } from './address.ts'

/** Rows that fit the filter, in the order wanted: places in the table's columns. */
export class Order {
  readonly #data: TableData
  readonly #labels: readonly string[]

  constructor(data: TableData) {
    this.#data = data
    this.#labels = data.names.map((name, at) => [data.suites[at], name, data.ids[at], data.notes[at]].join(' ').toLowerCase())
  }

  rows({ verdicts, query, sort }: Shown): number[] {
    const { marks, mark } = this.#data
    const wanted = query.trim().toLowerCase()
    const keys = new Set(marks.flatMap(({ key }, at) => (verdicts.includes(key) ? [at] : [])))
    const rows: number[] = []
    for (let row = 0; row < mark.length; row++) {
      if ((!verdicts.length || keys.has(mark[row] ?? -1)) && (!wanted || this.#labels[row]?.includes(wanted))) rows.push(row)
    }
    return sort ? this.#sorted(rows, sort) : rows
  }

  #sorted(rows: number[], sort: string): number[] {
    const down = sort.startsWith('-') ? -1 : 1
    const key = sort.replace('-', '') as SortKey
    if (key === 'state') return down < 0 ? rows.reverse() : rows
    if (key === 'name') return rows.sort((a, b) => down * compareTexts(this.#labels[a] ?? '', this.#labels[b] ?? '') || a - b)
    const values = (this.#data.columns as Partial<TableData['columns']>)[key]
    if (!values) return rows
    // What has no number goes last, whichever way.
    return rows.sort((a, b) => {
      const [x, y] = [values[a] ?? null, values[b] ?? null]
      if (x === null || y === null) return Number(x === null) - Number(y === null) || a - b
      return down * (x - y) || a - b
    })
  }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
