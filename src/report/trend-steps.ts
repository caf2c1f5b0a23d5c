import type { Trend } from '../model/trend.ts'
import { change, quantity } from './format.ts'
import { plain } from './plain-text.ts'
import type { PlacedRuns } from './trend-runs.ts'

/** A level that changed for good. */
export interface StepView {
  readonly at: number
  readonly id: string
  readonly name: string
  readonly metric: string
  readonly text: string
  /** Size without its sign, percent. */
  readonly size: number
  readonly better: boolean
  readonly tone: 'good' | 'bad'
  readonly word: string
  readonly values: string
  /** `1a2b3c4..5d6e7f8`: the last commit of the old level and the first of the new one, for what lies between may be it. */
  readonly commit: string
  readonly when: string
  /** `provisional` until five runs followed. */
  readonly state: string
}

export function stepsOf(
  { id, name }: Pick<StepView, 'id' | 'name'>,
  { runs, changes, metric, unit }: Trend,
  placed: PlacedRuns,
): StepView[] {
  return changes.flatMap(({ index, change_percent, before, after, commit, previous_commit, at: when, direction, state }): StepView[] => {
    const at = placed.get(runs[index]?.run ?? '')?.at
    if (at === undefined) return []
    const better = direction === 'better'
    return [{
      at, id, name, metric: plain(metric, 60), text: change(change_percent), size: Math.abs(change_percent), better,
      tone: better ? 'good' : 'bad', word: better ? 'better' : 'worse',
      values: plain(`${quantity(before, unit)} → ${quantity(after, unit)}`, 60),
      commit: commitText(previous_commit, commit), when: plain(when, 30).slice(0, 10), state,
    }]
  }) // prettier-ignore
}

function commitText(previous: string | null, commit: string | null): string {
  const [from, to] = [previous, commit].map((one) => plain(one ?? '', 60).slice(0, 7))
  if (!to) return ''
  if (!from) return to
  return previous === commit ? `${to}, as before` : `${from}..${to}`
}
