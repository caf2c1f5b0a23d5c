import type { Phase } from '../../../src/model/resources.ts'
import type { Complexity } from '../../../src/model/scaling.ts'
import type { Mark } from '../../../src/report/sentences.ts'
import type { BulletValue } from '../charts/bullet.ts'
import type { Effect } from '../charts/change.ts'
import type { Packed } from './packed.ts'

/** All that the page of a case shows, as plain data: it lies compressed in the report until its case is opened. */
export interface CaseDetail {
  readonly id: string
  readonly name: string
  readonly suite: string
  readonly place: string
  readonly mark: Mark
  readonly hero: string
  readonly line: string
  readonly reason: string
  readonly repeat: string
  readonly change: ChangeDetail | null
  readonly figures: readonly Figure[]
  readonly judged: readonly JudgedRow[]
  readonly findings: readonly { readonly weight: string; readonly text: string; readonly todo: string }[]
  readonly errors: readonly { readonly message: string; readonly lines: readonly string[] }[]
  readonly failures: readonly Failure[]
  readonly panels: readonly PanelData[]
  /** Name, value, interval. */
  readonly metrics: readonly (readonly [string, string, string])[]
}

export interface ChangeDetail {
  readonly title: string
  readonly values: string
  readonly text: string
  readonly interval: string
  readonly tone: string
  readonly key: string
  readonly note: string
  readonly effect: Effect
}

export interface Figure {
  readonly label: string
  readonly value: string
  readonly interval: string
  readonly meaning: string
}

export interface JudgedRow {
  readonly mark: Pick<Mark, 'glyph' | 'word' | 'tone'>
  readonly name: string
  readonly detail: string
  readonly actual: string
  readonly wanted: string
  readonly message: string
  readonly bullet: BulletValue | null
  readonly outcome: 'met' | 'missed' | 'unclear'
}

export interface Failure {
  readonly title: string
  readonly message: string
  readonly body: string
}

/** What a chart, and the table behind it, is made from. */
export type PanelData =
  | TrendData
  | PercentilesData
  | EcdfData
  | SequenceData
  | GrowthData
  | ConcurrencyData
  | CapacityData
  | TimelineData
  | TableData

export interface TrendData {
  readonly kind: 'trend'
  readonly metric: string
  readonly unit: string
  /** Place of the first value in the list of runs that the whole report shares. */
  readonly from: number
  readonly values: Packed
  readonly low?: Packed
  readonly high?: Packed
  readonly changes: readonly { readonly at: number; readonly text: string; readonly better: boolean; readonly state: string }[]
  readonly anomalies: readonly number[]
  readonly levels: readonly { readonly from: number; readonly to: number; readonly value: number }[]
  readonly limit?: { readonly value: number; readonly label: string }
  readonly since?: string
  /** Levels and steps are without what all cases did together. */
  readonly adjusted?: boolean
}

export interface PercentilesData {
  readonly kind: 'percentiles'
  readonly n: number
  /** Times in milliseconds at the first of {@link tailPercentiles}. */
  readonly head: Packed
  readonly base?: Packed
  /** Whose times the base has: of the pairs, or of the newest run of the baseline. */
  readonly baseName?: string
  readonly limits: readonly { readonly percentile: number; readonly value: number; readonly label: string; readonly met: boolean }[]
}

/** As far as the values reach. */
export const tailPercentiles = [
  0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 96, 97, 98, 99, 99.25, 99.5, 99.75, 99.9, 99.95, 99.99, 99.995, 99.999,
] as const

export interface EcdfData {
  readonly kind: 'ecdf'
  readonly n: number
  /** Times in milliseconds at even shares from 0 to {@link lastShare}. */
  readonly head: Packed
  /** At the first of the same shares. */
  readonly base?: Packed
  readonly baseName?: string
}

/** The last values would squeeze all others into a corner; the percentile curve shows them. */
export const lastShare = 0.995

export interface SequenceData {
  readonly kind: 'sequence'
  readonly title: string
  readonly note: string
  readonly unit: string
  readonly what: string
  readonly values: Packed
  /** Of how many values these were taken. */
  readonly count: number
}

type LevelPoint = readonly [n: number, point: number, low: number, high: number]

export interface GrowthData {
  readonly kind: 'growth'
  readonly title: string
  readonly unit: 'ms' | 'B'
  readonly points: readonly LevelPoint[]
  readonly law: Complexity | 'undecided'
  readonly note: string
  /** Of y = constant + factor * f(n), the class that fits best, or of y = factor * n^exponent. */
  readonly fit?:
    | { readonly complexity: Complexity; readonly constant: number; readonly factor: number }
    | { readonly exponent: number; readonly factor: number }
}

export interface ConcurrencyData {
  readonly kind: 'concurrency'
  readonly note: string
  readonly points: readonly LevelPoint[]
  readonly law?: { readonly lambda: number; readonly sigma: number; readonly kappa: number }
  readonly knee?: number
}

export interface CapacityData {
  readonly kind: 'capacity'
  readonly note: string
  readonly rates: readonly (readonly [rate: number, kept: number, probes: number])[]
  readonly capacity?: readonly [point: number, low: number, high: number]
}

export interface TrackData {
  readonly name: string
  readonly unit: string
  readonly values: Packed
  readonly tone?: 'head' | 'bad' | 'base'
}

/** Tracks that share their times. */
export interface TrackGroup {
  readonly at: Packed
  readonly tracks: readonly TrackData[]
}

export interface TimelineData {
  readonly kind: 'timeline'
  readonly title: string
  readonly note: string
  readonly phases: readonly Phase[]
  readonly main: readonly TrackGroup[]
  readonly more: readonly TrackGroup[]
  readonly table: Table
}

export interface TableData {
  readonly kind: 'table'
  readonly title: string
  readonly table: Table
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
