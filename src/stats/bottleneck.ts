import { finding, type Finding } from '../model/finding.ts'
import type { LoadLevel } from '../model/measured.ts'

/** From here a resource counts as full: a queue before it grows without bound as its use nears 1, and sampling blurs the last tenth. */
const full = 0.9

/**
 * The resource that is full at the lowest level, as the law of utilisation has it (P. Denning, J. Buzen, The operational analysis of queueing
 * network models, ACM Computing Surveys 10(3), 1978): the one of the highest utilisation bounds throughput. Undefined where nothing was sampled.
 */
export function bottleneck(levels: readonly Pick<LoadLevel, 'n' | 'busy'>[]): Finding | undefined {
  const ranked = levels
    .toSorted((a, b) => a.n - b.n)
    .flatMap(({ n, busy }) => {
      const [first, second] = Object.entries(busy ?? {}).toSorted(([, a], [, b]) => b - a)
      return first ? [{ n, first, second }] : []
    })
  const at = ranked.find(({ first: [, share] }) => share >= full) ?? ranked.at(-1)
  if (!at) return undefined
  const [resource, share] = at.first
  const next = at.second ? `${at.second[0]}, ${Math.round(100 * at.second[1])} %` : ''
  return finding('bottleneck', { resource, users: at.n, percent: 100 * share, full: share >= full, next })
}
