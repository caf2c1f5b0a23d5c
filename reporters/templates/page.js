// The page reads without this file. It adds: one case at a time, finding, filtering, sorting, and the choice of a theme.
const root = document.documentElement
const all = (selector) => [...document.querySelectorAll(selector)]
const rows = all('.cases tbody tr')
const find = document.querySelector('#find')
const shown = document.querySelector('#shown')
root.classList.add('js')

const stored = (action) => {
  try {
    return action(localStorage)
  } catch {
    return null // A page opened from a file may have no storage: the choice is then good for this visit.
  }
}
const theme = stored((storage) => storage.getItem('vitest-perf-theme'))
if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
document.querySelector('#theme').addEventListener('click', () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
  stored((storage) => storage.setItem('vitest-perf-theme', root.dataset.theme))
})

const pressed = new Set()
function filter() {
  const wanted = find.value.trim().toLowerCase()
  let count = 0
  for (const row of rows) {
    const fits = (!pressed.size || pressed.has(row.dataset.mark)) && (!wanted || row.dataset.label.includes(wanted))
    row.hidden = !fits
    if (fits) count++
  }
  if (shown) shown.textContent = `${count} of ${rows.length}`
}
for (const button of all('.count')) {
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true'
    button.setAttribute('aria-pressed', String(on))
    if (on) pressed.add(button.dataset.mark)
    else pressed.delete(button.dataset.mark)
    filter()
  })
}
find.addEventListener('input', () => {
  if (root.classList.contains('one-case')) location.hash = ''
  filter()
})

function keyOf(row, column, kind) {
  if (kind === 'order') return Number(row.dataset.order)
  const cell = row.children[column]
  if (kind === 'text') return cell.textContent.toLowerCase()
  return cell.dataset.value === '' || cell.dataset.value === undefined ? null : Number(cell.dataset.value)
}
all('.cases thead th').forEach((head, column) => {
  const kind = head.dataset.sort
  if (kind === 'none') return
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = head.textContent
  head.replaceChildren(button)
  button.addEventListener('click', () => {
    const down = head.getAttribute('aria-sort') !== 'descending' && kind === 'value'
    const descending = down || (kind !== 'value' && head.getAttribute('aria-sort') === 'ascending')
    for (const other of all('.cases thead th')) other.removeAttribute('aria-sort')
    head.setAttribute('aria-sort', descending ? 'descending' : 'ascending')
    const keyed = rows.map((row) => ({ row, key: keyOf(row, column, kind) }))
    keyed.sort((a, b) => {
      if (a.key === null || b.key === null) return (a.key === null) - (b.key === null)
      return (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) * (descending ? -1 : 1)
    })
    document.querySelector('.cases tbody').append(...keyed.map(({ row }) => row))
  })
})

let listScroll = 0
function show() {
  let id = ''
  try {
    id = decodeURIComponent(location.hash.slice(1))
  } catch {
    // A hash that is no text names no case.
  }
  const section = id.startsWith('case=') ? document.getElementById(id) : null
  const wasList = !root.classList.contains('one-case')
  if (section && wasList) listScroll = scrollY
  root.classList.toggle('one-case', section !== null)
  for (const open of all('.case.open')) open.classList.remove('open')
  if (section) {
    section.classList.add('open')
    section.focus({ preventScroll: true })
    scrollTo({ top: 0, behavior: 'instant' })
  } else if (!wasList) scrollTo({ top: listScroll, behavior: 'instant' })
}
addEventListener('hashchange', show)
show()

addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === '/' && !event.target.closest('input')) {
    event.preventDefault()
    find.focus()
  } else if (event.key === 'Escape') {
    if (event.target === find) find.blur()
    else if (root.classList.contains('one-case')) location.hash = ''
  }
})
