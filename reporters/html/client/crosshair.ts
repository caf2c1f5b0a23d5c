import type { Probe } from '../charts/scene.ts'
import { html } from '../markup.ts'
import { fill } from './dom.ts'

export interface Plot {
  readonly element: HTMLElement
  readonly probe: Probe
}

/** Lets pointer and arrow keys read a chart. Plots that are given together share their place: tracks over one time. */
export function crosshair(plots: readonly Plot[]): void {
  const parts = plots.map(({ element, probe }) => ({ element, probe, ...marksIn(element) }))
  let at = -1

  function show(fraction: number, told: HTMLElement): void {
    for (const { element, probe, line, tip } of parts) {
      const index = nearest(probe.at, fraction)
      const place = probe.at[index]
      if (place === undefined) continue
      if (element === told) at = index
      const svg = element.querySelector('svg')
      const left = (svg?.getBoundingClientRect().left ?? 0) - element.getBoundingClientRect().left + place * (svg?.clientWidth ?? 0)
      line.hidden = false
      line.style.left = `${left}px`
      line.style.height = `${svg?.clientHeight ?? 0}px`
      line.style.top = `${(svg?.getBoundingClientRect().top ?? 0) - element.getBoundingClientRect().top}px`
      const [first = '', ...more] = probe.tell(index)
      tip.hidden = parts.length > 1 && more.length === 0
      fill(tip, html`<b>${first}</b>${(parts.length > 1 && element !== told ? [] : more).map((text) => html`<span>${text}</span>`)}`)
      tip.classList.toggle('left', place > 0.6)
      tip.style.left = `${left}px`
    }
  }
  const hide = (): void => {
    for (const { line, tip } of parts) line.hidden = tip.hidden = true
  }

  for (const { element, probe } of parts) {
    element.tabIndex = 0
    element.setAttribute('role', 'group')
    element.setAttribute('aria-label', 'Chart: left and right read its values')
    element.addEventListener('pointermove', ({ clientX }) => show(fractionAt(element, clientX), element))
    element.addEventListener('pointerleave', hide)
    element.addEventListener('blur', hide)
    element.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key]
      if (step === undefined) return
      event.preventDefault()
      const next = Math.min(probe.at.length - 1, Math.max(0, (at < 0 ? probe.at.length : at) + step))
      show(probe.at[next] ?? 0, element)
      at = next
    })
  }
}

/** Share of the width of the drawing. */
export function fractionAt(element: HTMLElement, clientX: number): number {
  const box = element.querySelector('svg')?.getBoundingClientRect()
  return box && box.width > 0 ? (clientX - box.left) / box.width : 0
}

function marksIn(element: HTMLElement): { readonly line: HTMLElement; readonly tip: HTMLElement } {
  const line = document.createElement('div')
  line.className = 'cross'
  const tip = document.createElement('div')
  tip.className = 'tip'
  tip.setAttribute('role', 'status')
  line.hidden = tip.hidden = true
  element.append(line, tip)
  return { line, tip }
}

function nearest(places: readonly number[], wanted: number): number {
  let best = 0
  places.forEach((place, index) => {
    if (Math.abs(place - wanted) < Math.abs((places[best] ?? Infinity) - wanted)) best = index
  })
  return best
}
