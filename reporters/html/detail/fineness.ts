import { pack, type Packed } from './packed.ts'

/** How much of a chart's data a page keeps of each case: of very many, less, so that the file stays one that can be opened. */
export interface Fineness {
  /** Most points of a line. */
  readonly points: number
  /** Heights of a line that are told apart. */
  readonly steps: number
  /** Figures beyond the first, folded away on the page. */
  readonly further: boolean
}

export function finenessFor(cases: number): Fineness {
  if (cases <= 50) return { points: 300, steps: 1000, further: true }
  if (cases <= 1000) return { points: 60, steps: 150, further: false }
  return { points: 30, steps: 100, further: false }
}

/** Evenly chosen, the first and the last among them. */
export function thinned<T>(values: readonly T[], most: number): readonly T[] {
  if (values.length <= most) return values
  return Array.from({ length: most }, (_, at) => values[Math.round((at * (values.length - 1)) / (most - 1))] as T)
}

export const packThinned = (values: readonly number[], { points, steps }: Fineness): Packed => pack(thinned(values, points), steps)
