import type { Column, TableData } from '../table.ts'
import { columnsOf, tableRow } from '../table.ts'
import { html } from '../markup.ts'
import { all, nodesOf, one } from './dom.ts'

/** Up to so many rows are all there; of more, those in sight and some around them. */
const mostRows = 400
const around = 20

/** The table of all cases as it is shown. */
export class List {
  readonly #columns: readonly Column[]
  readonly #body = one<HTMLTableSectionElement>('.cases tbody')
  readonly #table = one<HTMLTableElement>('.cases table')
  readonly #box = one('.table-box')
  #rows: readonly number[] = []
  #drawn: readonly [number, number] = [-1, -1]
  #height = 37
  /** Rows that were drawn before: a filter or another order moves them. Of very many, none is kept. */
  readonly #kept = new Map<number, Element>()
  readonly #keeps: boolean
  #printing = false

  constructor(data: TableData) {
    this.#columns = columnsOf(data)
    this.#keeps = data.ids.length <= mostRows
    this.#height = one('.cases tbody tr')?.offsetHeight || this.#height
    this.#box?.addEventListener('scroll', () => requestAnimationFrame(() => this.#draw()), { passive: true })
    addEventListener('resize', () => {
      this.#height = one('.cases tbody tr[data-row]')?.offsetHeight || this.#height
      this.#drawn = [-1, -1]
      this.#draw()
    })
  }

  get rows(): readonly number[] {
    return this.#rows
  }

  show(rows: readonly number[]): void {
    this.#rows = rows
    this.#drawn = [-1, -1]
    this.#table?.setAttribute('aria-rowcount', String(rows.length + 1))
    this.#draw()
  }

  /** Draws the first rows for paper, wherever the list was scrolled to. @returns how many */
  print(): number {
    this.#printing = true
    this.#draw()
    return Math.min(this.#rows.length, mostRows)
  }

  endPrint(): void {
    this.#printing = false
    this.#draw()
  }

  /** The element of a place, drawn and in sight. */
  reveal(place: number): HTMLElement | null {
    const row = this.#rows[place]
    if (row === undefined || !this.#body) return null
    const find = (): HTMLElement | null => one(`tr[data-row="${row}"]`, this.#body ?? document)
    if (!find()) {
      this.#box?.scrollTo({ top: place * this.#height - this.#box.clientHeight / 2, behavior: 'instant' })
      this.#draw()
    }
    const found = find()
    found?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
    return found
  }

  #draw(): void {
    const body = this.#body
    if (!body?.offsetParent) return
    const [first, last] = this.#range()
    if (first === this.#drawn[0] && last === this.#drawn[1]) return
    this.#drawn = [first, last]
    const lines = this.#rows.slice(first, last).map((row, at) => this.#line(row, first + at + 1))
    const focused = document.activeElement?.closest('tr')?.dataset['row']
    body.replaceChildren(this.#space(first), ...lines, this.#space(this.#rows.length - last))
    if (focused !== undefined) one<HTMLAnchorElement>(`tr[data-row="${focused}"] a`, body)?.focus({ preventScroll: true })
  }

  #line(row: number, place: number): Element {
    const known = this.#kept.get(row)
    known?.setAttribute('aria-rowindex', String(place + 1))
    if (known) return known
    const line = nodesOf(tableRow(this.#columns, row, place)).firstElementChild as Element
    if (this.#keeps) this.#kept.set(row, line)
    return line
  }

  #range(): readonly [number, number] {
    const count = this.#rows.length
    if (count <= mostRows || this.#printing) return [0, Math.min(count, mostRows)]
    const above = this.#box?.scrollTop ?? 0
    // Steps of ten, so that not every line scrolled draws anew.
    const first = Math.max(0, Math.min(count, Math.floor(above / this.#height / 10) * 10 - around))
    return [first, Math.min(count, first + Math.ceil((this.#box?.clientHeight ?? innerHeight) / this.#height) + 2 * around + 10)]
  }

  /** A row as high as all that are not drawn. */
  #space(rows: number): DocumentFragment {
    const nodes =
      rows > 0
        ? nodesOf(
            // One cell, not one across: in a narrow window it would bring columns back that are not shown there.
            html`<tr class="space" aria-hidden="true">
              <td></td>
            </tr>`,
          )
        : new DocumentFragment()
    for (const cell of all('td', nodes)) cell.style.height = `${rows * this.#height}px`
    return nodes
  }
}
