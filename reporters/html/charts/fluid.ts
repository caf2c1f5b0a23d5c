import { areaBetween, pathThrough } from './path.ts'
import type { Scene, SceneMark } from './scene.ts'
import { outlines } from './scene.ts'
import { escaped, percent, round } from './svg.ts'

/** Width of the inner coordinate system of a path; its height is that of the plot. */
const span = 1000

/**
 * SVG that fills whatever width it is given, without a script and without scaling its text: positions are percentages, and paths lie in an
 * inner coordinate system that is stretched while their strokes are not.
 */
export function fluid(scene: Scene): string {
  const { label, caption, height, x, y, marks, legend = [] } = scene
  const grid = y.map(({ at }) => `<line class="grid" x2="100%" y1="${round(height * (1 - at))}" y2="${round(height * (1 - at))}"/>`)
  const yLabels = y.map(
    ({ at, label }) => `<text class="tick" x="-8" y="${round(height * (1 - at) + 4)}" text-anchor="end">${escaped(label)}</text>`,
  )
  const xLabels = x.map(({ at, label }, index) => {
    const minor = index % 2 ? ' minor' : ''
    return `<line class="axis" x1="${percent(at)}" x2="${percent(at)}" y1="${height}" y2="${height + 4}"/><text class="tick${minor}" x="${percent(at)}" y="${height + 18}" text-anchor="middle">${escaped(label)}</text>`
  })
  const base = `<line class="axis" x2="100%" y1="${height}" y2="${height}"/>`
  const keys = legend.map(({ text, tone, dashed }) => `<span class="key-of ${tone}${dashed ? ' dashed' : ''}">${escaped(text)}</span>`)
  const heading = caption || keys.length ? `<p class="caption"><span>${escaped(caption ?? '')}</span>${keys.join('')}</p>` : ''
  return `${heading}<div class="plot"><svg role="img" aria-label="${escaped(label)}" width="100%" height="${height}">${grid.join('')}${fluidMarks(marks, height)}${base}${xLabels.join('')}${yLabels.join('')}</svg></div>`
}

/** The marks alone, for a chart that has its axes elsewhere. */
export function fluidMarks(marks: readonly SceneMark[], height: number): string {
  return marks.map((mark) => markOf(mark, height)).join('')
}

function markOf(mark: SceneMark, height: number): string {
  const up = (share: number): string => round(height * (1 - share))
  switch (mark.kind) {
    case 'line': {
      const d = pathThrough(mark.points, span, height, mark.step)
      return stretched(
        height,
        `<path class="line ${mark.tone}${mark.dashed ? ' dashed' : ''}" d="${d}" vector-effect="non-scaling-stroke"/>`,
      )
    }
    case 'area':
      return stretched(height, `<path class="shade" d="${areaBetween(mark.low, mark.high, span, height)}"/>`)
    case 'span': {
      const name = mark.label
        ? `<text class="tick" x="${percent((mark.from + mark.to) / 2)}" y="-6" text-anchor="middle">${escaped(mark.label)}</text>`
        : ''
      return `<rect class="shade" x="${percent(mark.from)}" width="${percent(mark.to - mark.from)}" height="${height}"/>${name}`
    }
    case 'band':
      return `<rect class="shade" y="${up(mark.high)}" width="100%" height="${round(height * (mark.high - mark.low))}"/>`
    case 'upright': {
      const x = percent(mark.x)
      const side = mark.x > 0.8 ? `dx="-6" text-anchor="end"` : `dx="6"`
      const name = mark.label ? `<text class="tick ${mark.tone}" x="${x}" ${side} y="11">${escaped(mark.label)}</text>` : ''
      return `<line class="rule ${mark.tone}${mark.dashed ? ' dashed' : ''}" x1="${x}" x2="${x}" y2="${height}"/>${name}`
    }
    case 'level': {
      const y = up(mark.y)
      const name = mark.label
        ? `<text class="tick ${mark.tone}" x="${percent(mark.from ?? 0)}" dx="4" y="${round(height * (1 - mark.y) - 5)}">${escaped(mark.label)}</text>`
        : ''
      return `<line class="rule ${mark.tone} dashed" x1="${percent(mark.from ?? 0)}" x2="${percent(mark.to ?? 1)}" y1="${y}" y2="${y}"/>${name}`
    }
    case 'whisker':
      return `<line class="rule ${mark.tone} wide-rule" x1="${percent(mark.x)}" x2="${percent(mark.x)}" y1="${up(mark.low)}" y2="${up(mark.high)}"/>`
    case 'dot':
      return dot(percent(mark.x), up(mark.y), mark.shape, mark.tone)
  }
}

function stretched(height: number, paths: string): string {
  return `<svg viewBox="0 0 ${span} ${height}" width="100%" height="${height}" preserveAspectRatio="none">${paths}</svg>`
}

export function dot(x: string, y: string, shape: 'circle' | 'ring' | 'up' | 'down', tone: string): string {
  if (shape === 'circle' || shape === 'ring') return `<circle class="${shape} ${tone}" cx="${x}" cy="${y}" r="4"/>`
  return `<svg x="${x}" y="${y}"><path class="circle ${tone}" d="${outlines[shape]}"/></svg>`
}
