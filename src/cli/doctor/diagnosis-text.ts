import { wrap } from '../../../reporters/terminal/width.ts'
import type { Facts } from './facts.ts'
import type { Diagnosis } from './judge.ts'

const meanings = {
  good: 'nothing was found that would disturb measurements',
  fair: 'numbers are usable, and less sure than they could be',
  poor: 'numbers of this machine mislead as it is now',
} as const satisfies Record<Diagnosis['trust'], string>

const signs = { bad: '✗', weak: '!', note: '·' } as const

/** The diagnosis for people: advice first, the word at the end. */
export function diagnosisText({ trust, advice }: Diagnosis, facts: Facts, columns: number): string {
  const width = Math.max(40, Math.min(columns, 100))
  const lines = advice.flatMap(({ weight, text, todo }) => [
    ...wrap(text, width - 3).map((line, at) => `${at === 0 ? ` ${signs[weight]} ` : '   '}${line}`),
    // Commands are there to be copied: never broken.
    `   → ${todo}`,
    '',
  ])
  const versions = `Node ${facts.node.replace(/^v/, '')}, Vitest ${facts.vitest}, vitest-perf ${facts.vitest_perf}`
  const { unseen = [] } = facts
  const blind = unseen.length > 0 ? wrap(`Could not be looked at here: ${unseen.join(', ')}.`, width) : []
  return `${[...lines, ...wrap(`Trust: ${trust} – ${meanings[trust]}.`, width), ...blind, versions].join('\n')}\n`
}
