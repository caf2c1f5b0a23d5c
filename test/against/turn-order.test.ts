import { describe, expect, test } from 'vitest'
import { nextBlocks, type Presence, type SideName } from '../../src/against/turn-order.ts'

const gone = { state: 'gone' } as const

function at(task: string, later: readonly string[], blocks = 1): Presence {
  return { state: 'waiting', at: { task, blocks, later } }
}

/** Lets both sides go through their cases, and tells who ran what, in order. */
function play(base: readonly string[], head: readonly string[], first: SideName = 'base'): string[] {
  const left = { base: [...base], head: [...head] }
  const presence = (side: SideName): Presence => {
    const [task, ...later] = left[side]
    return task === undefined ? gone : at(task, later)
  }
  const ran: string[] = []
  for (;;) {
    const order = nextBlocks(presence('base'), presence('head'), first)
    if (!order) return ran
    for (const side of order) ran.push(`${side} ${left[side].shift()}`)
  }
}

describe('turns', () => {
  test('go A B B A over the blocks of one case', () => {
    expect(nextBlocks(at('a', [], 4), at('a', [], 4), 'head')).toEqual(['head', 'base', 'base', 'head', 'head', 'base', 'base', 'head'])
  })

  test('wait for a side that is on its way', () => {
    expect(nextBlocks(at('a', []), { state: 'running' }, 'base')).toBeUndefined()
  })

  test('are taken by a case of both, wherever it stands in their files', () => {
    expect(play(['old', 'a', 'b'], ['a', 'new', 'b'])).toEqual(['base old', 'base a', 'head a', 'head new', 'base b', 'head b'])
  })

  test('of cases in another order come to an end, each case measured once a side', () => {
    expect(play(['a', 'b', 'c'], ['c', 'a', 'b'], 'head')).toEqual(['head c', 'head a', 'base a', 'head b', 'base b', 'base c'])
  })

  test('are over for a side that has ended: the other goes on alone', () => {
    expect(play([], ['a', 'b'])).toEqual(['head a', 'head b'])
  })
})
