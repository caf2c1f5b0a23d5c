import { againstProject, caseNames, type CaseName, type CaseVerdict } from './against-project.ts'

export interface RatesOptions {
  /** Comparisons of the same code. */
  readonly same: number
  /** Comparisons for each planted change. */
  readonly planted: number
  readonly percents: readonly number[]
  readonly seed: number
  readonly onComparison?: (text: string) => void
}

export interface Rate {
  readonly what: string
  readonly cases: number
  /** Called what they are: slower where slower, unchanged where the same. */
  readonly right: number
  /** Of these, called by their time. The others are called by a guard first: work that is done more often allocates more too. */
  readonly by_time: number
  /** Called slower or faster and not so. */
  readonly wrong: number
  readonly inconclusive: number
  readonly mean_pairs: number
  readonly median_noise_percent: number
  readonly mean_seconds: number
}

interface Seen extends CaseVerdict {
  readonly planted: number
  readonly seconds: number
}

/** Runs comparisons of which the answer is known, and counts the answers. */
export async function againstRates({ same, planted, percents, seed, onComparison }: RatesOptions): Promise<Rate[]> {
  const project = await againstProject()
  const seen: Seen[] = []
  const compare = async (slower: Partial<Record<CaseName, number>>, at: number): Promise<void> => {
    const { verdicts, seconds } = await project.compare(slower, at)
    for (const name of caseNames) seen.push({ ...verdicts[name], planted: slower[name] ?? 0, seconds })
    onComparison?.(
      `${JSON.stringify(slower)}: ${caseNames.map((name) => `${name} ${verdicts[name].verdict}`).join(', ')} (${seconds.toFixed(0)} s)`,
    )
  }
  try {
    for (let at = 0; at < same; at++) await compare({}, seed + at)
    for (const percent of percents) {
      for (let at = 0; at < planted; at++) {
        // Half of the cases, another half each time, so that the suite as a whole does not move together.
        const chosen = caseNames.filter((_, index) => (index + at) % 2 === 0)
        await compare(Object.fromEntries(chosen.map((name) => [name, percent])), seed + 1000 * percent + at)
      }
    }
  } finally {
    await project.remove()
  }
  return [0, ...percents].map((percent) =>
    rateOf(
      percent,
      seen.filter((one) => one.planted === percent),
    ),
  )
}

function rateOf(percent: number, seen: readonly Seen[]): Rate {
  const share = (of: (one: Seen) => boolean): number => (seen.length === 0 ? 0 : (100 * seen.filter(of).length) / seen.length)
  const mean = (of: (one: Seen) => number): number => seen.reduce((sum, one) => sum + of(one), 0) / Math.max(1, seen.length)
  const noises = seen.flatMap(({ noise_percent }) => noise_percent ?? []).sort((a, b) => a - b)
  const isRight = ({ verdict }: Seen): boolean => verdict === (percent > 0 ? 'regressed' : 'unchanged')
  return {
    what: percent === 0 ? 'the same code' : `+${percent} %`,
    cases: seen.length,
    right: share(isRight),
    by_time: share((one) => isRight(one) && one.metric.endsWith('_time_ms') && one.metric !== 'avg_time_ms'),
    wrong: share((one) => !isRight(one) && one.verdict !== 'inconclusive'),
    inconclusive: share(({ verdict }) => verdict === 'inconclusive'),
    mean_pairs: mean(({ pairs }) => pairs),
    median_noise_percent: noises[noises.length >> 1] ?? 0,
    mean_seconds: mean(({ seconds }) => seconds),
  }
}
