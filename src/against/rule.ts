/**
 * The constants of the decision. How they were chosen, and the rates they reach, is in docs/statistics.md.
 */
export const firstStagePairs = 8
export const secondStagePairs = 16
/** A case that 24 pairs leave open gets more, where time allows: up to so many in all. */
export const mostPairs = 48

/** A change below this share of the threshold is never called one, however sure it is. */
export const leastShare = 0.6

/** Each bound of the interval that lets a case pass, and that is printed, is wrong with this chance: 95 % together. */
export const passAlpha = 0.025

/** Chance of calling unchanged code slower: of one case, and of any case of a suite. */
export const caseBudget = 0.001
export const suiteBudget = 0.01

/** How a budget is spent. Looks and guards are tests of their own, so the shares add up to 1 (Bonferroni). */
export const budgetShare = { second_stage: 0.5, further_pairs: 0.2, each_guard: 0.1 } as const

/** Figures beside the time that tell of a slow-down which the fast batches do not show, with the least change that counts, in percent. */
export const guards = {
  heap_bytes_per_call: { least_percent: 10 },
  gc_time_ns_per_call: { least_percent: 5 },
  avg_time_ms: { least_percent: 10 },
} as const satisfies Record<string, { readonly least_percent: number }>

export type Guard = keyof typeof guards
export const guardNames = Object.keys(guards) as readonly Guard[]
