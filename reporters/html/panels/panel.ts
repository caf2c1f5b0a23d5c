import type { RunLabel } from '../../../src/report/view-trend.ts'
import type { Scene } from '../charts/scene.ts'
import type { Table } from '../detail/case-detail.ts'

export type { RunLabel }

/** What panels of all cases share. */
export interface PanelContext {
  readonly runs: readonly RunLabel[]
  /** Newest runs to draw, of a trend. @default all */
  readonly newest?: number
  /** Or the runs between two places. */
  readonly range?: readonly [from: number, to: number]
}

export interface Track {
  readonly name: string
  readonly note: string
  readonly scene: Scene
}

/** A chart with its words and its numbers as a table; several tracks lie above each other over one axis of time. */
export interface Panel {
  readonly title: string
  readonly note: string
  readonly wide: boolean
  readonly body:
    | { readonly kind: 'scene'; readonly scene: Scene }
    | { readonly kind: 'tracks'; readonly tracks: readonly Track[]; readonly more: readonly Track[]; readonly axis: Scene }
    | { readonly kind: 'table' }
  readonly table: Table | null
  readonly zooms: boolean
}
