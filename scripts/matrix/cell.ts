import type { Workshop } from './workshop.ts'

/** One thing that is said to work, tried as its user would. */
export interface Cell {
  /** What it is about, in the words of the table. */
  readonly what: string
  /** What is run in it. */
  readonly runs: (options: CellOptions) => string
  /** @returns the versions that it was tried with; throws where it does not work */
  try(shop: Workshop, options: CellOptions): Promise<string>
}

export interface CellOptions {
  /** Every test under each Node, in place of a part of them. */
  readonly full: boolean
}
