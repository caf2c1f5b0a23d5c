import { pooledT } from './pooled-t.ts'

export interface EDivisiveOptions {
  /** Values that are looked at together; windows overlap by half. @default 50 */
  readonly window?: number
  /** A change stays where its p value is at most this. @default 1e-4 */
  readonly p?: number
  /** Shortest segment. @default 3 */
  readonly minimumSegment?: number
}

/** While splitting, weaker changes are let in: a second one in the same window can hide the first. */
const weak = 10

/**
 * Indices at which the distribution changes: the first value of each new segment. Segments are split where the energy distance of both sides
 * is largest (D. S. Matteson and N. A. James, "A nonparametric approach for multiple change point analysis", JASA 109, 2014), in windows, with
 * Student's t as the test in place of permutations, and weak changes merged away again, weakest first (M. Fleming et al., "Hunter: using change
 * point detection to hunt for performance regressions", ICPE 2023; D. Daly et al., ICPE 2020).
 */
export function eDivisive(values: readonly number[], options: EDivisiveOptions = {}): number[] {
  const { window = 50, p = 1e-4, minimumSegment = 3 } = options
  const found = new Set<number>()
  const step = Math.max(1, Math.floor(window / 2))
  for (let start = 0; start === 0 || start + step < values.length; start += step) {
    const end = Math.min(values.length, start + window)
    for (const change of split(values.slice(start, end), p * weak, minimumSegment)) found.add(start + change)
  }
  return merged(
    values,
    [...found].sort((a, b) => a - b),
    { window, p, minimumSegment },
  )
}

function split(values: readonly number[], p: number, minimum: number): number[] {
  const at = farthest(values, minimum)
  if (at === undefined) return []
  const [left, right] = [values.slice(0, at), values.slice(at)]
  if (pooledT(left, right).p > p) return []
  return [...split(left, p, minimum), at, ...split(right, p, minimum).map((change) => at + change)]
}

/** The place with the largest scaled energy distance between what is before and after it. All distances are summed as the place moves. */
function farthest(values: readonly number[], minimum: number): number | undefined {
  const n = values.length
  let [inLeft, inRight, between] = [0, 0, 0]
  for (const [index, first] of values.entries()) {
    for (let other = index + 1; other < n; other++) inRight += Math.abs(first - (values[other] ?? first))
  }
  let best: number | undefined
  let largest = 0
  for (let at = 1; at <= n - minimum; at++) {
    const moved = values[at - 1] ?? 0
    for (let other = 0; other < n; other++) {
      const distance = Math.abs(moved - (values[other] ?? moved))
      if (other < at) {
        inLeft += distance
        between -= distance
      } else {
        inRight -= distance
        between += distance
      }
    }
    if (at < minimum) continue
    const size = n - at
    const energy = (2 * between) / (at * size) - inLeft / pairs(at) - inRight / pairs(size)
    const scaled = (energy * at * size) / n
    if (scaled > largest) {
      largest = scaled
      best = at
    }
  }
  return best
}

function pairs(count: number): number {
  return Math.max(1, (count * (count - 1)) / 2)
}

/** Takes away the change with the largest p, tested against its neighbours, until all of them hold. Segments shorter than allowed go first. */
function merged(values: readonly number[], changes: readonly number[], options: Required<EDivisiveOptions>): number[] {
  let kept = [...changes]
  for (;;) {
    const judged = kept.map((at, index) => {
      const from = Math.max(kept[index - 1] ?? 0, at - options.window)
      const to = Math.min(kept[index + 1] ?? values.length, at + options.window)
      const short = Math.min(at - from, to - at) < options.minimumSegment
      return { at, p: short ? 1 : pooledT(values.slice(from, at), values.slice(at, to)).p }
    })
    const worst = judged.toSorted((a, b) => b.p - a.p)[0]
    if (!worst || worst.p <= options.p) return kept
    kept = kept.filter((at) => at !== worst.at)
  }
}
