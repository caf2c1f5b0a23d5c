import { expect, test } from 'vitest'
import { normal } from '../../bench/self/noise-models.ts'
import { decide } from '../../src/against/decide.ts'
import type { CasePairs } from '../../src/against/evidence.ts'
import { nextStage } from '../../src/against/next-stage.ts'
import { seededRandom } from '../../src/stats/random.ts'

test.each([0.01, 0.02, 0.04, 0.1])('with %d of noise in a pair, the change called visible is found in 95 %% of comparisons', (noise) => {
  const random = seededRandom(1)
  const stage = (count: number, effect: number) =>
    Array.from({ length: count }, () => ({ main: effect + noise * normal(random), guards: {} }))
  const pairsOf = (...stages: ReturnType<typeof stage>[]): CasePairs => ({ id: 'a', threshold_percent: 5, stages })
  const said = Array.from({ length: 101 }, () => decide([pairsOf(stage(8, 0), stage(16, 0))])[0]!.main.visible)
  const visible = said.sort((a, b) => a - b)[50]!
  const found = Array.from({ length: 400 }, () => {
    const first = pairsOf(stage(8, visible))
    const more = nextStage(first)
    return more > 0 && decide([{ ...first, stages: [...first.stages, stage(more, visible)] }])[0]?.verdict === 'regressed'
  })
  expect(found.filter(Boolean).length / found.length).toBeGreaterThanOrEqual(0.94)
})
