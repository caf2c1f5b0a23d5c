import type { Markup } from '../markup.ts'

interface Policy {
  createHTML(text: string): string
}
declare const trustedTypes: { createPolicy(name: string, rules: { createHTML(text: string): string }): Policy } | undefined

// The policy of the page takes markup from here alone; where a browser knows no such types, it is a text like any other.
const policy: Policy =
  typeof trustedTypes === 'undefined'
    ? { createHTML: (text) => text }
    : trustedTypes.createPolicy('vitest-perf', { createHTML: (text) => text })

/** What `html` and `raw` made, as nodes. */
export function nodesOf({ markup }: Markup): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = policy.createHTML(markup)
  return template.content
}

export function fill(element: Element, markup: Markup): void {
  element.replaceChildren(nodesOf(markup))
}

// As the DOM's own: the caller knows what it looks for.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const one = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E | null =>
  within.querySelector<E>(selector)
export const all = <E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E[] => [
  ...within.querySelectorAll<E>(selector),
]

/** A page that was opened from a file may have no storage: a choice is then good for this visit. */
export const remembered = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(`vitest-perf-${key}`)
    } catch {
      return null
    }
  },
  set(key: string, value: string): void {
    try {
      localStorage.setItem(`vitest-perf-${key}`, value)
    } catch {
      // Good for this visit.
    }
  },
}
