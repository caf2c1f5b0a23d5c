import type { Estimate } from '../model/estimate.ts'
import { effectOf } from './effect.ts'
import type { CasePairs } from './evidence.ts'

/**
 * Geometric mean of head over base, in percent, over all cases of the suite. Cases of one process share its luck, so each pair gives one mean
 * over the cases, and these means are the replicates. Only the first stage counts: later pairs exist for the suspicious cases alone.
 */
export function suiteEffect(cases: readonly CasePairs[]): Estimate | undefined {
  const firsts = cases
    .map(({ stages }) => new Map((stages[0] ?? []).map(({ main, pair }, at) => [pair ?? at, main])))
    .filter(({ size }) => size > 0)
  const means = meansOfPairs(firsts)
  if (means.length < 2) return undefined
  const { theta, low, high } = effectOf(means)
  return { point: percent(theta), low: percent(low), high: percent(high), confidence: 0.95 }
}

/** Sweeps until the fit stands: far more than the few values that are left out ask for. */
const sweeps = 20

/**
 * One mean a pair, over all cases, by number of the pair. A case may have lost pairs that the others have: what it usually shows must not be missing
 * from their means, so the values are fitted as `case + pair` by least squares (F. Yates, Empire J. Exp. Agric. 1 (1933), on missing
 * plots). With nothing missing these are the plain means.
 */
function meansOfPairs(cases: readonly ReadonlyMap<number, number>[]): number[] {
  const pairs = [...new Set(cases.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b)
  const ofPair = new Map(pairs.map((pair) => [pair, 0]))
  let ofCase: number[] = []
  for (let sweep = 0; sweep < sweeps; sweep++) {
    ofCase = cases.map((one) => mean([...one].map(([pair, value]) => value - (ofPair.get(pair) ?? 0))))
    for (const pair of pairs)
      ofPair.set(pair, mean(cases.flatMap((one, at) => (one.has(pair) ? [(one.get(pair) ?? 0) - (ofCase[at] ?? 0)] : []))))
  }
  const level = mean(ofCase)
  return pairs.map((pair) => level + (ofPair.get(pair) ?? 0))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function percent(logarithm: number): number {
  return Math.expm1(logarithm) * 100
}
