import { escaped, percent, round } from './svg.ts'

export interface Tick {
  /** Share of the width from the left, or of the height from the bottom. */
  readonly at: number
  readonly label: string
}

export interface Plot {
  /** What is drawn, for those who cannot see it. */
  readonly label: string
  readonly height: number
  readonly x: readonly Tick[]
  readonly y: readonly Tick[]
  /** Drawn in the order given, over the grid. */
  readonly layers: readonly string[]
  /** Words on the axis, above the plot. */
  readonly caption?: string
}

/**
 * A chart that fills whatever width the page gives it, without a script and without scaling its text: positions are percentages,
 * and lines lie in an inner coordinate system that is stretched while their strokes are not.
 */
export function plot({ label, height, x, y, layers, caption }: Plot): string {
  const grid = y.map(({ at }) => line('grid', 0, 1, height * (1 - at))).join('')
  const yLabels = y.map(
    ({ at, label }) => `<text class="tick" x="-8" y="${round(height * (1 - at) + 4)}" text-anchor="end">${escaped(label)}</text>`,
  )
  const xLabels = x.map(({ at, label }, index) => {
    const minor = index % 2 ? ' minor' : ''
    return `<text class="tick${minor}" x="${percent(at)}" y="${height + 18}" text-anchor="middle">${escaped(label)}</text>`
  })
  const marks = x.map(({ at }) => `<line class="axis" x1="${percent(at)}" x2="${percent(at)}" y1="${height}" y2="${height + 4}"/>`)
  const base = line('axis', 0, 1, height)
  const heading = caption ? `<p class="caption">${escaped(caption)}</p>` : ''
  const svg = `<svg role="img" aria-label="${escaped(label)}" width="100%" height="${height}">${grid}${layers.join('')}${base}${marks.join('')}${yLabels.join('')}${xLabels.join('')}</svg>`
  return `${heading}<div class="plot">${svg}</div>`
}

export function line(kind: string, from: number, to: number, y: number): string {
  return `<line class="${kind}" x1="${percent(from)}" x2="${percent(to)}" y1="${round(y)}" y2="${round(y)}"/>`
}

/** Width of the inner coordinate system of a layer; its height is the height of the plot. */
export const span = 1000

/** Paths in coordinates of 0…1000 by 0…height, stretched to the width of the plot. */
export function stretched(height: number, paths: string): string {
  return `<svg viewBox="0 0 ${span} ${height}" width="100%" height="${height}" preserveAspectRatio="none" overflow="visible">${paths}</svg>`
}

export function path(kind: string, d: string | null): string {
  return d ? `<path class="${kind}" d="${d}" vector-effect="non-scaling-stroke"/>` : ''
}
