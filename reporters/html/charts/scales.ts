import { extent, max } from 'd3-array'
import { scaleLinear, scaleLog } from 'd3-scale'
import { quantity } from '../../../src/report/format.ts'
import type { Tick } from './scene.ts'

export interface Scale {
  /** 0 to 1. */
  readonly at: (value: number) => number
  readonly ticks: readonly Tick[]
}

const tickText = (value: number, unit: string): string => (value === 0 ? '0' : quantity(value, unit))

/** From 0 to the highest value, with round ticks in the unit of the metric. */
export function fromZero(values: readonly number[], unit: string, count = 4): Scale {
  const top = max(values.filter(Number.isFinite)) ?? 1
  const scale = scaleLinear([0, top > 0 ? top : 1], [0, 1]).nice(count)
  return { at: scale, ticks: scale.ticks(count).map((value) => ({ at: scale(value), label: tickText(value, unit) })) }
}

/** From the lowest to the highest value: for times that lie close together. */
export function between(
  values: readonly number[],
  unit: string,
  count = 5,
  write: (value: number) => string = (value) => tickText(value, unit),
): Scale {
  const [low = 0, high = 1] = extent(values.filter(Number.isFinite))
  // A flat line stays in the middle, and noise of a thousandth does not fill the chart.
  const room = Math.max((high - low) * 0.08, (Math.abs(low + high) / 2) * 0.005, high > low ? 0 : Math.abs(low) * 0.1) || 1
  const from = low - room
  const scale = scaleLinear([low >= 0 ? Math.max(0, from) : from, high + room], [0, 1])
  const ticks = scale.ticks(count).map((value) => ({ at: scale(value), label: write(value) }))
  // Three digits cannot tell very close ticks apart: then only the ends are named.
  const distinct = new Set(ticks.map(({ label }) => label)).size === ticks.length
  return { at: scale, ticks: distinct ? ticks : ticks.filter((_, index) => index === 0 || index === ticks.length - 1) }
}

export function logarithmic(values: readonly number[], write: (value: number) => string): Scale {
  const [low = 1, high = 10] = extent(values.filter((value) => value > 0))
  const scale = scaleLog([low, high > low ? high : low * 10], [0, 1]).nice()
  const all = scale.ticks()
  const powers = all.filter((value) => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-9)
  return { at: scale, ticks: (powers.length > 1 ? powers : all.slice(0, 5)).map((value) => ({ at: scale(value), label: write(value) })) }
}

/** Seconds of a case along the width. */
export function seconds(fromMs: number, toMs: number): Scale {
  const scale = scaleLinear([fromMs, Math.max(toMs, fromMs + 1)], [0, 1])
  const inSeconds = scaleLinear([fromMs / 1000, Math.max(toMs, fromMs + 1) / 1000], [0, 1])
  return { at: scale, ticks: inSeconds.ticks(6).map((value) => ({ at: inSeconds(value), label: `${+value.toFixed(2)} s` })) }
}
