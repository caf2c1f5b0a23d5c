import { areaBetween, pathThrough } from '../html/charts/path.ts'
import type { Scene, SceneMark, Tick, Tone } from '../html/charts/scene.ts'
import { outlines } from '../html/charts/scene.ts'
import { escaped, round } from '../html/charts/svg.ts'

/** Colours on paper: those of the page in the light. */
export const inks: Readonly<Record<Tone, string>> = {
  head: '#0072b2',
  base: '#6e7781',
  good: '#0072b2',
  bad: '#b34700',
  unclear: '#4b0092',
  quiet: '#59636e',
  text: '#1f2328',
}
export const paper = { shade: '#e6ebf0', grid: '#e4e8ec', rule: '#d1d9e0', dim: '#59636e', raised: '#f6f8fa' } as const

const margin = { left: 46, right: 14, top: 14, bottom: 20 } as const
const size = 7.5

/** The same chart as on the page, drawn at the width of the paper. `write`: text in signs that the font has. */
export function fixedSvg(scene: Scene, width: number, write: (text: string) => string): string {
  const { height, x, y, marks, caption } = scene
  const inner = width - margin.left - margin.right
  const total = margin.top + height + (x.length ? margin.bottom : 2)
  const text = (at: number, up: number, words: string, anchor: string, fill: string = paper.dim): string =>
    `<text x="${round(at)}" y="${round(up)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}">${escaped(write(words))}</text>`
  const grid = y.map(({ at }) => rule(0, inner, height * (1 - at), paper.grid))
  const yLabels = y.map(({ at, label }) => text(-5, height * (1 - at) + 2.5, label, 'end'))
  const xLabels = spread(x, inner).map(({ at, label }) => text(at * inner, height + 11, label, 'middle'))
  const above = caption ? text(0, -4, caption, 'start') : ''
  const drawn = marks.map((mark) => markOf(mark, inner, height, text))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}"><g transform="translate(${margin.left} ${margin.top})">${grid.join('')}${drawn.join('')}${rule(0, inner, height, inks.base)}${yLabels.join('')}${xLabels.join('')}${above}</g></svg>`
}

/** Labels that do not run into each other. */
function spread(ticks: readonly Tick[], width: number): Tick[] {
  const kept: Tick[] = []
  let free = -Infinity
  for (const tick of ticks) {
    const half = tick.label.length * size * 0.3
    if (tick.at * width - half < free) continue
    kept.push(tick)
    free = tick.at * width + half + 4
  }
  return kept
}

type Writer = (at: number, up: number, words: string, anchor: string, fill?: string) => string

function markOf(mark: SceneMark, width: number, height: number, text: Writer): string {
  const up = (share: number): number => height * (1 - share)
  switch (mark.kind) {
    case 'line': {
      const dash = mark.dashed ? ' stroke-dasharray="4 2.5"' : ''
      return `<path d="${pathThrough(mark.points, width, height, mark.step)}" fill="none" stroke="${inks[mark.tone]}" stroke-width="1.1"${dash}/>`
    }
    case 'area':
      return `<path d="${areaBetween(mark.low, mark.high, width, height)}" fill="${paper.shade}"/>`
    case 'span':
      return `<rect x="${round(mark.from * width)}" y="0" width="${round((mark.to - mark.from) * width)}" height="${height}" fill="${paper.shade}"/>`
    case 'band':
      return `<rect x="0" y="${round(up(mark.high))}" width="${width}" height="${round(height * (mark.high - mark.low))}" fill="${paper.shade}"/>`
    case 'upright': {
      const x = mark.x * width
      const [at, anchor] = mark.x > 0.8 ? [x - 4, 'end'] : [x + 4, 'start']
      const line = `<path d="M${round(x)} 0V${height}" stroke="${inks[mark.tone]}" stroke-width="0.7" stroke-dasharray="3 2"/>`
      return mark.label ? line + text(at, 7, mark.label, anchor, inks[mark.tone]) : line
    }
    case 'level': {
      const from = (mark.from ?? 0) * width
      const line = `<path d="M${round(from)} ${round(up(mark.y))}H${round((mark.to ?? 1) * width)}" stroke="${inks[mark.tone]}" stroke-width="0.7" stroke-dasharray="3 2"/>`
      return mark.label ? line + text(from + 3, up(mark.y) - 3, mark.label, 'start', inks[mark.tone]) : line
    }
    case 'whisker':
      return `<path d="M${round(mark.x * width)} ${round(up(mark.low))}V${round(up(mark.high))}" stroke="${inks[mark.tone]}" stroke-width="1.2"/>`
    case 'dot':
      return fixedDot(mark.x * width, up(mark.y), mark.shape, inks[mark.tone])
  }
}

export function fixedDot(x: number, y: number, shape: 'circle' | 'ring' | 'up' | 'down', ink: string): string {
  if (shape === 'circle') return `<circle cx="${round(x)}" cy="${round(y)}" r="2.4" fill="${ink}"/>`
  if (shape === 'ring') return `<circle cx="${round(x)}" cy="${round(y)}" r="2.4" fill="#ffffff" stroke="${ink}" stroke-width="1.2"/>`
  return `<path transform="translate(${round(x)} ${round(y)}) scale(0.65)" d="${outlines[shape]}" fill="${ink}"/>`
}

const rule = (from: number, to: number, y: number, ink: string): string =>
  `<path d="M${round(from)} ${round(y)}H${round(to)}" stroke="${ink}" stroke-width="0.6"/>`
