import { visibleEffect } from './effect.ts'
import { evidenceOf, figures, type CasePairs, type Evidence, type Figure } from './evidence.ts'
import { furtherPairs } from './further-pairs.ts'
import { callable, plainAlpha } from './multiplicity.ts'
import { pairVerdict, type PairVerdict } from './pair-decision.ts'
import { guardNames, type Guard } from './rule.ts'

export interface FigureDecision extends Evidence {
  readonly verdict: PairVerdict
  /** Smallest true change that would have been called with a chance of 95 %. */
  readonly visible: number
  /** Benjamini-Hochberg over the suite, of the direction that the estimate has. */
  readonly adjusted_p: number
}

export interface CaseDecision {
  readonly id: string
  /** Of the case: that of its headline figure, or `regressed` where a guard proves it. */
  readonly verdict: PairVerdict
  /** Which figure the verdict is about. */
  readonly figure: Figure
  readonly main: FigureDecision
  readonly guards: Readonly<Partial<Record<Guard, FigureDecision>>>
  readonly pairs: number
  /** Where inconclusive: so many more pairs would settle it. */
  readonly further_pairs?: number
}

/** Verdicts of all cases that are judged together. Pure: the same pairs give the same verdicts. Cases without pairs are left out. */
export function decide(cases: readonly CasePairs[]): CaseDecision[] {
  const present = cases.filter(({ stages }) => stages.some((stage) => stage.length > 0))
  const decided = new Map(figures.map((figure) => [figure, decideFigure(present, figure)] as const))
  return present.flatMap((pairs, index) => {
    const main = decided.get('main')?.[index]
    if (!main) return []
    const guards = Object.fromEntries(guardNames.flatMap((guard) => withName(guard, decided.get(guard)?.[index])))
    return [decideCase(pairs, main, guards, present.length)]
  })
}

function withName(guard: Guard, decision: FigureDecision | undefined): [Guard, FigureDecision][] {
  return decision ? [[guard, decision]] : []
}

function decideFigure(cases: readonly CasePairs[], figure: Figure): (FigureDecision | undefined)[] {
  const evidence = cases.map((pairs) => evidenceOf(pairs, figure))
  const looks = cases.map(({ stages }) => stages.length)
  const trials = (tail: 'p_worse' | 'p_better') =>
    callable(
      evidence.map((one, index) => ({ p: one?.effect[tail] ?? 1, looks: looks[index] ?? 0 })),
      figure,
    )
  const worse = trials('p_worse')
  const better = trials('p_better')
  return evidence.map((one, index) => {
    if (!one) return undefined
    const calls = { worse: worse[index]?.called ?? false, better: better[index]?.called ?? false }
    const alpha = plainAlpha(cases.length, Math.max(2, looks[index] ?? 2), figure)
    return {
      ...one,
      verdict: pairVerdict(one, calls),
      visible: visibleEffect(one.effect, one.threshold, alpha),
      adjusted_p: (one.effect.theta < 0 ? better : worse)[index]?.adjusted_p ?? 1,
    }
  })
}

function decideCase(pairs: CasePairs, main: FigureDecision, guards: CaseDecision['guards'], cases: number): CaseDecision {
  const figure = decisiveFigure(main.verdict, guards)
  const verdict = figure === 'main' ? main.verdict : 'regressed'
  return {
    id: pairs.id,
    verdict,
    figure,
    main,
    guards,
    pairs: main.effect.pairs,
    ...(verdict === 'inconclusive' ? { further_pairs: furtherPairs(main, plainAlpha(cases, pairs.stages.length + 1)) } : {}),
  }
}

/**
 * Where the fast batches are not slower, a guard that is worse makes the case a regression, in its own name. More garbage alone does not
 * outweigh a time that is proven better: that is a trade, and stays visible in `guards`.
 */
function decisiveFigure(main: PairVerdict, guards: CaseDecision['guards']): Figure {
  if (main === 'regressed') return 'main'
  const worse = guardNames.filter((guard) => guards[guard]?.verdict === 'regressed')
  const counted = main === 'improved' ? worse.filter((guard) => guard === 'avg_time_ms') : worse
  return counted[0] ?? 'main'
}
