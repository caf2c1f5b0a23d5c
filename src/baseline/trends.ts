import type { Compared, ComparedRun, Trends } from '../model/run.ts'

export const noTrends: Trends = { baseline_timestamp: null, improvements: {}, regressions: {}, new_operations: [], missing_operations: [] }

/** The mission's block of the results: what moved, by `<id>.<metric>`. Only what was called a change is listed. */
export function trendsOf(cases: readonly Compared[], missing: ComparedRun['missing'], baseline_timestamp: string | null): Trends {
  const moved = (verdict: 'improved' | 'regressed'): Record<string, number> =>
    Object.fromEntries(
      cases.flatMap(({ identity: { id }, comparison }) =>
        comparison?.verdict === verdict && comparison.effect_percent !== undefined
          ? [[`${id}.${comparison.metric}`, comparison.effect_percent] as const]
          : [],
      ),
    )
  const withVerdict = (verdict: 'new' | 'missing'): string[] =>
    cases.filter(({ comparison }) => comparison?.verdict === verdict).map(({ identity }) => identity.id)
  return {
    baseline_timestamp,
    improvements: moved('improved'),
    regressions: moved('regressed'),
    new_operations: withVerdict('new'),
    missing_operations: [...withVerdict('missing'), ...missing.map(({ id }) => id)],
  }
}
