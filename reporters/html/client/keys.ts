import { one, remembered } from './dom.ts'

export interface Actions {
  readonly find: () => void
  readonly move: (by: 1 | -1) => void
  readonly enter: () => void
  readonly back: () => void
  readonly attention: (by: 1 | -1) => void
  readonly filter: (place: number) => void
  readonly theme: () => void
}

const keysOf = (actions: Actions): Readonly<Record<string, () => void>> => ({
  '/': actions.find,
  j: () => actions.move(1),
  k: () => actions.move(-1),
  n: () => actions.attention(1),
  p: () => actions.attention(-1),
  t: actions.theme,
  '?': showHelp,
})

/** Single keys can be in the way of speech input, so that they can be switched off (WCAG 2.1.4); Escape and Enter always work. */
export function listenToKeys(actions: Actions): void {
  const keys = keysOf(actions)
  const box = one<HTMLInputElement>('#keys-on')
  if (box) box.checked = remembered.get('keys') !== 'off'
  box?.addEventListener('change', () => remembered.set('keys', box.checked ? 'on' : 'off'))
  one('#help-button')?.addEventListener('click', showHelp)
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    const target = event.target instanceof Element ? event.target : null
    if (one<HTMLDialogElement>('#help')?.open) return
    if (event.key === 'Escape') return actions.back()
    if (target?.closest('input, textarea, select')) return
    if (event.key === 'Enter' && !target?.closest('a, button, summary')) return actions.enter()
    if (box && !box.checked) return
    const action = keys[event.key] ?? (/^[1-6]$/.test(event.key) ? () => actions.filter(Number(event.key) - 1) : undefined)
    if (!action) return
    event.preventDefault()
    action()
  })
}

function showHelp(): void {
  one<HTMLDialogElement>('#help')?.showModal()
}
