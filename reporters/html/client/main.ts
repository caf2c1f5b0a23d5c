// The page reads without this: verdict, changes, objectives and the first cases are there. It adds finding, filtering and sorting all of them,
// and the page of each case.
import { unpack } from '../detail/packed.ts'
import { suiteTrend } from '../home-trend.ts'
import type { PageData } from '../page-data.ts'
import { caseAddress, listAddress, readAddress, type Shown } from './address.ts'
import { detailOf, drawCase } from './case-view.ts'
import { crosshair } from './crosshair.ts'
import { plain } from '../../../src/report/plain-text.ts'
import { all, one } from './dom.ts'
import { listenToKeys } from './keys.ts'
import { List } from './list.ts'
import { Order } from './order.ts'
import { readPage } from './packed-data.ts'
import { preparePrint } from './print.ts'
import { startTheme, toggleTheme } from './theme.ts'

const root = document.documentElement
root.classList.add('js')
startTheme()
void readPage().then(start)

function start(page: PageData): void {
  const { table, attention } = page
  const list = new List(table)
  const order = new Order(table)
  const find = one<HTMLInputElement>('#find')
  const filters = all<HTMLButtonElement>('.count')
  let shown: Shown = { ...readAddress(location.hash), open: null }
  let scrolled = 0
  let selected = -1

  function drawList(): void {
    list.show(order.rows(shown))
    selected = -1
    say('#shown', `${list.rows.length} of ${table.ids.length}`)
    if (find && find.value !== shown.query) find.value = shown.query
    for (const button of filters) button.setAttribute('aria-pressed', String(shown.verdicts.includes(button.dataset['mark'] ?? '')))
    for (const head of all('.cases th[data-sort]')) {
      const key = head.dataset['sort'] ?? ''
      if (shown.sort.replace('-', '') === key) head.setAttribute('aria-sort', shown.sort.startsWith('-') ? 'descending' : 'ascending')
      else head.removeAttribute('aria-sort')
    }
  }

  /** The address is the state: whatever changes the list changes the address, without a further step back. */
  function change(next: Partial<Shown>): void {
    shown = { ...shown, ...next, open: null }
    say('#notice', '')
    history.replaceState(null, '', listAddress(shown))
    if (root.classList.contains('one-case')) showList()
    drawList()
  }

  function showList(): void {
    const id = one('#case')?.dataset['id']
    root.classList.remove('one-case')
    drawList()
    scrollTo({ top: scrolled, behavior: 'instant' })
    const place = list.rows.findIndex((row) => table.ids[row] === id)
    if (place >= 0) select(place)
  }

  async function follow(): Promise<void> {
    const { hash } = location
    const wanted = readAddress(hash)
    say('#notice', '')
    if (wanted.open === null) {
      // A link to a part of the page, such as `#main`, leaves the list as it was.
      if (/^#?$|=/.test(hash)) shown = wanted
      if (root.classList.contains('one-case')) showList()
      else drawList()
      return
    }
    const id = wanted.open
    const detail = await detailOf(id, page)
    // Its data may have come after another address was followed: the page is of the address that it has now.
    if (location.hash !== hash) return
    if (!detail) {
      change({})
      return say('#notice', `This report has no case “${plain(id, 100)}”: here are all that it has.`)
    }
    if (!root.classList.contains('one-case')) scrolled = scrollY
    drawCase(detail, page, wanted.runs, (runs) => history.replaceState(null, '', caseAddress(id, runs)))
    const section = one('#case')
    if (section) section.dataset['id'] = id
    root.classList.add('one-case')
    nameNext(id)
    scrollTo({ top: 0, behavior: 'instant' })
    one('#case h2')?.focus({ preventScroll: true })
  }

  /** The case that wants to be looked at after this one. */
  function nameNext(id: string): void {
    const link = one<HTMLAnchorElement>('#next')
    const next = attention[(attention.indexOf(id) + 1) % attention.length]
    if (!link) return
    link.hidden = next === undefined || next === id
    if (next !== undefined) {
      link.href = caseAddress(next)
      link.textContent = `Next: ${table.names[table.ids.indexOf(next)] ?? next} →`
    }
  }

  function back(): void {
    if (root.classList.contains('one-case')) {
      history.pushState(null, '', listAddress(shown))
      showList()
    } else if (document.activeElement === find) find?.blur()
  }

  function select(place: number): void {
    selected = Math.max(0, Math.min(list.rows.length - 1, place))
    const row = list.reveal(selected)
    for (const other of all('.cases tr.on')) other.classList.remove('on')
    row?.classList.add('on')
    const target = row?.querySelector<HTMLElement>('a') ?? row
    if (target === row) row?.setAttribute('tabindex', '-1')
    target?.focus({ preventScroll: true })
  }

  function goToAttention(by: 1 | -1): void {
    const current = root.classList.contains('one-case') ? attention.indexOf(one('#case')?.dataset['id'] ?? '') : by > 0 ? -1 : 0
    const next = attention[(current + by + attention.length) % attention.length]
    if (next !== undefined) location.hash = caseAddress(next)
  }

  const toggle = (mark: string): void =>
    change({ verdicts: shown.verdicts.includes(mark) ? shown.verdicts.filter((one) => one !== mark) : [...shown.verdicts, mark] })
  for (const button of filters) button.addEventListener('click', () => toggle(button.dataset['mark'] ?? ''))
  find?.addEventListener('input', () => change({ query: find.value }))
  for (const head of all('.cases th[data-sort]')) {
    const key = head.dataset['sort'] ?? ''
    const up = key === 'name' || key === 'state' ? ['', '-'] : ['-', '']
    one('button', head)?.addEventListener('click', () =>
      change({ sort: shown.sort === `${up[0]}${key}` ? `${up[1]}${key}` : `${up[0]}${key}` }),
    )
  }
  one('.back')?.addEventListener('click', (event) => {
    event.preventDefault()
    back()
  })
  for (const copy of all('.cases tbody')) {
    // The whole row is a target; text in it can still be selected.
    copy.addEventListener('click', (event) => {
      const target = event.target instanceof Element ? event.target : null
      const link = target?.closest('tr')?.querySelector<HTMLAnchorElement>('a')
      if (link && !target?.closest('a') && !getSelection()?.toString()) location.hash = link.hash
    })
  }
  listenToKeys({
    find: () => {
      if (root.classList.contains('one-case')) back()
      find?.focus()
    },
    move: (by) => (root.classList.contains('one-case') ? goToAttention(by) : select(selected + by)),
    enter: () => {
      const id = table.ids[list.rows[selected] ?? -1]
      if (id !== undefined && !root.classList.contains('one-case')) location.hash = caseAddress(id)
    },
    back,
    attention: goToAttention,
    filter: (place) => filters[place]?.click(),
    theme: toggleTheme,
  })
  const plot = one('.trend .plot')
  if (plot && page.suite) {
    const { index, machine, ...suite } = page.suite
    const { probe } = suiteTrend({ ...suite, index: unpack(index), machine: unpack(machine) }, page.runs)
    if (probe) crosshair([{ element: plot, probe }])
  }
  preparePrint(page, list)
  addEventListener('hashchange', () => void follow())
  void follow().then(() => root.classList.add('ready'))
}

function say(place: string, text: string): void {
  const element = one(place)
  if (element) element.textContent = text
}
