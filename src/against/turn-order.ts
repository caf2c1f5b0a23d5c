export type SideName = 'base' | 'head'

/** A side that is ready to run blocks of one case. */
export interface Arrival {
  readonly task: string
  readonly blocks: number
  /** Tasks that this side comes to afterwards. */
  readonly later: readonly string[]
}

export type Presence = { readonly state: 'running' } | { readonly state: 'waiting'; readonly at: Arrival } | { readonly state: 'gone' }

/**
 * Who runs which blocks next, or `undefined` while that cannot be said. Both at the same case take turns, wherever it stands in their files; who is at
 * a case that the other will never come to goes alone. Where each will come to the case of the other, the files have them in another order, and
 * one of the two has to go on.
 */
export function nextBlocks(base: Presence, head: Presence, first: SideName): readonly SideName[] | undefined {
  if (base.state === 'waiting' && head.state === 'waiting') {
    if (base.at.task === head.at.task) return interleaved(Math.min(base.at.blocks, head.at.blocks), first)
    if (!head.at.later.includes(base.at.task)) return alone('base', base.at.blocks)
    if (!base.at.later.includes(head.at.task)) return alone('head', head.at.blocks)
    return alone(first, (first === 'base' ? base : head).at.blocks)
  }
  if (base.state === 'waiting' && head.state === 'gone') return alone('base', base.at.blocks)
  if (head.state === 'waiting' && base.state === 'gone') return alone('head', head.at.blocks)
  return undefined
}

function alone(side: SideName, blocks: number): SideName[] {
  return Array.from({ length: blocks }, () => side)
}

/** A B, and for more blocks A B B A A B …: a drift that is a straight line meets both alike. */
function interleaved(blocks: number, first: SideName): SideName[] {
  const second: SideName = first === 'base' ? 'head' : 'base'
  return Array.from({ length: blocks }, (_, block) => (block % 2 === 0 ? [first, second] : [second, first])).flat()
}
