import { extent, median } from 'd3-array'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const gap = '-'
const most = 24
/** Noise within this share of the level is not stretched to the whole height. */
const leastRange = 0.04

/** A history as 24 letters: the shape of a line in a row of the table, one of 64 heights each. */
export function sparkText(values: readonly number[]): string {
  const count = Math.min(most, values.length)
  if (count < 2) return ''
  const kept = Array.from({ length: count }, (_, at) => values[Math.round((at * (values.length - 1)) / (count - 1))] ?? Number.NaN)
  const known = kept.filter(Number.isFinite)
  const [low = 0, high = 0] = extent(known)
  const range = Math.max(high - low, Math.abs(median(known) ?? 0) * leastRange) || 1
  const from = (low + high) / 2 - range / 2
  return kept.map((value) => (Number.isFinite(value) ? alphabet[Math.round(((value - from) / range) * 63)] : gap)).join('')
}

const width = 80
const height = 20

export function sparkline(text: string): string {
  if (text.length < 2) return ''
  let d = ''
  let drawing = false
  for (let at = 0; at < text.length; at++) {
    const level = alphabet.indexOf(text[at] ?? gap)
    if (level < 0) {
      drawing = false
      continue
    }
    d += `${drawing ? 'L' : 'M'}${Math.round((at * width) / (text.length - 1))} ${Math.round((height - 4) * (1 - level / 63)) + 2}`
    drawing = true
  }
  return `<svg class="spark" aria-hidden="true" width="${width}" height="${height}"><path class="line head" d="${d}"/></svg>`
}
