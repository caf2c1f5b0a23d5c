import { finding, type Finding } from '../model/finding.ts'

/** Fewest samples for a one-sided 95 % bound of a percentile: 1 - q^n >= 0.95 (Wilks 1941). */
const fewest = { p99: 299, 'p99.9': 2995 } as const

/** Of which percentiles so few samples say too little. */
export function fewForTails(samples: number): Finding[] {
  return Object.entries(fewest)
    .filter(([, wanted]) => samples < wanted)
    .map(([percentile, wanted]) => finding('few_for_tail', { percentile, samples, wanted }))
}
