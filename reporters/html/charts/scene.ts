/**
 * A chart as data: positions are shares of its width (from the left) and of its height (from the bottom). `fluid.ts` writes it as SVG that
 * fills any width without a script, `pdf/fixed-svg.ts` for paper, and the page's script reads its probe for the crosshair.
 */
export interface Scene {
  /** What is drawn, for those who cannot see it. */
  readonly label: string
  /** Words on the axis, above the plot. */
  readonly caption?: string
  /** Pixels. */
  readonly height: number
  readonly x: readonly Tick[]
  readonly y: readonly Tick[]
  /** Drawn in the order given, over the grid. */
  readonly marks: readonly SceneMark[]
  readonly legend?: readonly { readonly text: string; readonly tone: Tone; readonly dashed?: boolean }[]
  readonly probe?: Probe
}

export interface Tick {
  readonly at: number
  readonly label: string
}

/** What the crosshair can stop at, from left to right. */
export interface Probe {
  readonly at: readonly number[]
  readonly tell: (index: number) => readonly string[]
}

export type Tone = 'head' | 'base' | 'good' | 'bad' | 'unclear' | 'quiet' | 'text'

/** A gap where y is no number. */
export type Point = readonly [x: number, y: number]

export type SceneMark =
  | { readonly kind: 'line'; readonly tone: Tone; readonly points: readonly Point[]; readonly dashed?: boolean; readonly step?: boolean }
  /** Between two lines over the same places. */
  | { readonly kind: 'area'; readonly low: readonly Point[]; readonly high: readonly Point[] }
  /** Shaded over the whole height. */
  | { readonly kind: 'span'; readonly from: number; readonly to: number; readonly label?: string }
  /** Shaded over the whole width. */
  | { readonly kind: 'band'; readonly low: number; readonly high: number }
  | { readonly kind: 'upright'; readonly x: number; readonly tone: Tone; readonly label?: string; readonly dashed?: boolean }
  | {
      readonly kind: 'level'
      readonly y: number
      readonly tone: Tone
      readonly label?: string
      readonly from?: number
      readonly to?: number
    }
  | { readonly kind: 'whisker'; readonly x: number; readonly low: number; readonly high: number; readonly tone: Tone }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly tone: Tone; readonly shape: Shape }

export type Shape = 'circle' | 'ring' | 'up' | 'down'

/** Outlines of shapes around 0,0 in pixels; a circle is an element of its own. */
export const outlines: Readonly<Record<'up' | 'down', string>> = { up: 'M0-5 5 4H-5z', down: 'M0 5 5-4H-5z' }
