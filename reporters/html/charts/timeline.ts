import { line as lineShape } from 'd3-shape'
import { max } from 'd3-array'
import type { Phase } from '../../../src/model/resources.ts'
import { quantity } from '../../../src/report/format.ts'
import { plain } from '../../../src/report/plain-text.ts'
import { path, span, stretched } from './plot.ts'
import type { Scale } from './scales.ts'
import { fromZero, seconds } from './scales.ts'
import { escaped, percent, tenth } from './svg.ts'

export interface Track {
  readonly name: string
  readonly unit: string
  readonly at_ms: readonly number[]
  readonly values: readonly number[]
  readonly tone?: 'head' | 'bad' | 'base'
}

const height = 44

/** Several figures over the same time, one above the other, with the phases of the case behind them. */
export function timeline(tracks: readonly Track[], phases: readonly Phase[]): string {
  const times = tracks.flatMap(({ at_ms }) => at_ms)
  if (!times.length) return ''
  const from = Math.min(0, ...phases.map(({ from_ms }) => from_ms))
  const to = max([...times, ...phases.map(({ to_ms }) => to_ms)]) ?? 1
  const x = seconds(from, to)
  const shades = phases.map((phase, at) => shade(phase, at, x)).join('')
  const rows = tracks.map((track) => row(track, x, shades)).join('')
  return `<div class="timeline">${phaseNames(phases, x)}${rows}${timeAxis(x)}</div>`
}

function row({ name, unit, at_ms, values, tone = 'head' }: Track, x: Scale, shades: string): string {
  const top = max(values) ?? 0
  const y = fromZero(values, unit)
  const points = at_ms.map((at, index): [number, number] => [
    tenth(x.at(at) * span),
    tenth(height * (1 - y.at(values[index] ?? Number.NaN))),
  ])
  const shape = lineShape().defined(([, value]) => Number.isFinite(value))
  const label = `${name} over time, at most ${quantity(top, unit)}`
  const svg = `<svg role="img" aria-label="${escaped(label)}" width="100%" height="${height}">${shades}<line class="axis" x1="0" x2="100%" y1="${height}" y2="${height}"/>${stretched(height, path(`line ${tone}`, shape(points)))}</svg>`
  return `<div class="track"><div class="track-name">${escaped(name)}<span>≤ ${escaped(quantity(top, unit))}</span></div><div class="track-plot">${svg}</div></div>`
}

function shade({ from_ms, to_ms }: Phase, at: number, x: Scale): string {
  if (at % 2 === 0) return ''
  return `<rect class="phase" x="${percent(x.at(from_ms))}" width="${percent(x.at(to_ms) - x.at(from_ms))}" y="0" height="${height}"/>`
}

function phaseNames(phases: readonly Phase[], x: Scale): string {
  if (!phases.length) return ''
  const names = phases.map(({ name, from_ms, to_ms }) => {
    const at = percent((x.at(from_ms) + x.at(to_ms)) / 2)
    return `<text class="tick" x="${at}" y="12" text-anchor="middle">${escaped(plain(name, 18))}</text>`
  })
  return `<div class="track"><div class="track-name"></div><div class="track-plot"><svg aria-hidden="true" width="100%" height="16">${names.join('')}</svg></div></div>`
}

function timeAxis(x: Scale): string {
  const ticks = x.ticks.map(
    ({ at, label }, index) =>
      `<text class="tick${index % 2 ? ' minor' : ''}" x="${percent(at)}" y="14" text-anchor="middle">${label}</text>`,
  )
  return `<div class="track"><div class="track-name"></div><div class="track-plot"><svg aria-hidden="true" width="100%" height="20">${ticks.join('')}</svg></div></div>`
}
