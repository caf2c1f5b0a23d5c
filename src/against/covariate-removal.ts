import { medianSorted } from 'simple-statistics'
import type { Covariates } from '../model/measured.ts'
import { robustSpread } from '../stats/robust-spread.ts'
import type { ProcessPair } from './process-summary.ts'

export interface RemovedPair {
  /** Place of the pair in the order measured, from 0. */
  readonly pair: number
  readonly covariate: keyof typeof least
  readonly value: number
  /** What the pairs of this comparison usually have. */
  readonly usual: number
}

export interface Removal {
  readonly kept: readonly ProcessPair[]
  readonly removed: readonly RemovedPair[]
}

/** A covariate counts only from this much above the usual on. */
const least = { steal_percent: 2, pressure_percent: 10, throttled_ms: 5, involuntary_switches: 50 } as const

/** Never more of the pairs than this. */
const mostRemoved = 0.25
const outlier = 5

/**
 * Leaves out the pairs during which the machine was taken away: by steal, pressure, throttling or involuntary switches far above what the other
 * pairs had. It never looks at the times, so it cannot prefer a verdict; and where the machine is equally busy all along, nothing is
 * left out.
 */
export function removeDisturbed(pairs: readonly ProcessPair[]): Removal {
  const readings = pairs.map(({ base, head }) => worse(base.covariates, head.covariates))
  const disturbed = (Object.keys(least) as (keyof typeof least)[]).flatMap((covariate) => disturbances(covariate, readings))
  const removed: (RemovedPair & { readonly severity: number })[] = []
  for (const one of disturbed.sort((a, b) => b.severity - a.severity)) {
    const full = removed.length + 1 > mostRemoved * pairs.length
    if (!full && removed.every(({ pair }) => pair !== one.pair)) removed.push(one)
  }
  const gone = new Set(removed.map(({ pair }) => pair))
  return {
    kept: pairs.filter((_, index) => !gone.has(index)),
    removed: removed.map(({ pair, covariate, value, usual }) => ({ pair, covariate, value, usual })).sort((a, b) => a.pair - b.pair),
  }
}

type Readings = Pick<Covariates, keyof typeof least>

function disturbances(covariate: keyof typeof least, readings: readonly Readings[]): (RemovedPair & { readonly severity: number })[] {
  const values = readings.flatMap((one) => one[covariate] ?? [])
  if (values.length === 0) return []
  const usual = medianSorted(values.toSorted((a, b) => a - b))
  const step = Math.max(least[covariate], outlier * robustSpread(values))
  return readings.flatMap((one, pair) => {
    const value = one[covariate]
    if (value === undefined) return []
    return value - usual > step ? [{ pair, covariate, value, usual, severity: (value - usual) / step }] : []
  })
}

/** A pair is as disturbed as its worse side. */
function worse(base: Covariates | undefined, head: Covariates | undefined): Readings {
  const largest = (name: keyof typeof least): [string, number][] => {
    const told = [base?.[name], head?.[name]].filter((value) => value !== undefined)
    return told.length > 0 ? [[name, Math.max(...told)]] : []
  }
  return Object.fromEntries((Object.keys(least) as (keyof typeof least)[]).flatMap(largest))
}
