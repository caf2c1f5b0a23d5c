export type SideName = 'base' | 'head'

/** A side that is ready to run blocks of one case. */
export interface Arrival {
  readonly task: string
  readonly blocks: number
}

export type Presence = { readonly state: 'running' } | { readonly state: 'waiting'; readonly at: Arrival } | { readonly state: 'gone' }

/**
 * Who runs which blocks next, or `undefined` while that cannot be said. Both at the same case take turns; the one who is at an earlier case, or
 * whose other side has ended, goes alone, for the other will never come.
 */
export function nextBlocks(base: Presence, head: Presence, first: SideName): readonly SideName[] | undefined {
  if (base.state === 'waiting' && head.state === 'waiting') {
    const order = compareTasks(base.at.task, head.at.task)
    if (order === 0) return interleaved(Math.min(base.at.blocks, head.at.blocks), first)
    return order < 0 ? alone('base', base.at.blocks) : alone('head', head.at.blocks)
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

/** Vitest's ids end with the place in the file: `<file>_<suite>_<test>`. */
function compareTasks(one: string, other: string): number {
  const [left, right] = [placeOf(one), placeOf(other)]
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? -1) - (right[at] ?? -1)
    if (difference !== 0) return difference
  }
  return 0
}

function placeOf(task: string): number[] {
  return task.split('_').slice(1).map(Number)
}
