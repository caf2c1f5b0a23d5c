import { describe, expect, it } from 'vitest'
import { searchCapacity } from '../../src/worker/capacity-search.ts'

const plan = { from: 10, to: 10_000, step: 1.1, repeats: 3 }

async function probed(capacity: number, given: Partial<typeof plan> = {}) {
  const probes: { rate: number; part: string; kept: boolean }[] = []
  await searchCapacity(
    { ...plan, ...given },
    async (rate, part) => {
      const kept = rate <= capacity
      probes.push({ rate, part, kept })
      return kept
    },
    () => false,
  )
  return probes
}

describe('the search for a capacity', () => {
  it.each([15, 500, 4_321, 9_990])('turns around %d, in steps', async (capacity) => {
    const probes = await probed(capacity)
    const stairs = probes.filter(({ part }) => part === 'staircase')
    expect(probes.length).toBeLessThan(30)
    for (const { rate } of stairs) {
      expect(rate).toBeGreaterThan(capacity / 1.3)
      expect(rate).toBeLessThan(capacity * 1.3)
    }
    const turns = stairs.filter(({ kept }, index) => index > 0 && kept !== stairs[index - 1]?.kept)
    expect(turns).toHaveLength(6)
  })

  it('ends after two tries where the lowest rate is not kept', async () => {
    expect(await probed(5)).toEqual(Array.from({ length: 2 }, () => ({ rate: 10, part: 'bracket', kept: false })))
  })

  it('ends at the highest rate where that is kept, and never goes beyond it', async () => {
    const probes = await probed(1e9, { to: 95 })
    expect(probes.map(({ rate }) => rate)).toEqual([10, 20, 40, 80, 95])
  })

  it('ends when it is stopped, and after forty probes of a server that never settles', async () => {
    let asked = 0
    await searchCapacity(
      plan,
      async () => ++asked < 3,
      () => asked >= 4,
    )
    expect(asked).toBe(4)
    let probes = 0
    await searchCapacity(
      { ...plan, repeats: 10 },
      async (_, part) => (++probes < 10 || part === 'bracket' ? probes < 10 : true),
      () => false,
    )
    expect(probes).toBeLessThanOrEqual(40)
  })
})
