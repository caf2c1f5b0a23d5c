import { benjaminiHochberg } from '../stats/benjamini-hochberg.ts'
import type { Figure } from './evidence.ts'
import { budgetShare, caseBudget, suiteBudget } from './rule.ts'

/** The p value of one case at one look; `looks` counts the stages behind it. */
export interface Trial {
  readonly p: number
  readonly looks: number
}

/**
 * Which cases may be called, given how many are judged together: Benjamini-Hochberg over all of them, at a level that keeps the chance of
 * any false call among `cases` unchanged ones below the suite's budget, and each single one below the case's budget.
 *
 * A case that the first stage settled was not tested: it counts, with p = 1.
 */
export function callable(trials: readonly Trial[], figure: Figure): { readonly called: boolean; readonly adjusted_p: number }[] {
  const adjusted = benjaminiHochberg(trials.map(({ p, looks }) => (looks < 2 ? 1 : p)))
  return trials.map(({ p, looks }, index) => {
    const share = looks < 2 ? 0 : spent(looks, figure)
    const adjusted_p = adjusted[index] ?? 1
    const level = Math.min(suiteBudget, caseBudget * trials.length) * share
    return { called: adjusted_p <= level && p <= caseBudget * share, adjusted_p }
  })
}

/** Share of the budget for the look after so many stages. Each further look gets half of what is left, so that any number fits. */
export function spent(looks: number, figure: Figure): number {
  const own = looks <= 2 ? budgetShare.second_stage : budgetShare.further_pairs / 2 ** (looks - 2)
  return figure === 'main' ? own : (budgetShare.each_guard * own) / (budgetShare.second_stage + budgetShare.further_pairs)
}

/** What a single case must reach at its next look, whatever the others do: for what is said of it beforehand. */
export function plainAlpha(cases: number, looks = 2, figure: Figure = 'main'): number {
  return Math.min(caseBudget, suiteBudget / Math.max(1, cases)) * spent(looks, figure)
}
