import { describe, expect, test } from 'vitest'
import type { EcdfData, PercentilesData } from '../../reporters/html/detail/case-detail.ts'
import { tailPercentiles } from '../../reporters/html/detail/case-detail.ts'
import { detailsOf } from '../../reporters/html/detail/details-of.ts'
import { unpack } from '../../reporters/html/detail/packed.ts'
import { panelOf } from '../../reporters/html/panels/index.ts'
import type { Scene } from '../../reporters/html/charts/scene.ts'
import type { Run } from '../../src/model/run.ts'
import { distributionThrough } from '../../src/report/chart-data.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { timeQuantiles } from '../../src/stats/time-quantiles.ts'
import { comparison, measuredFunction, runOf, sampled } from '../report/run-builder.ts'

/** A thousand times of 1 ms, and one outlier. */
const base = timeQuantiles({ type: 'samples', ns_per_call: [...Array.from({ length: 999 }, () => 1e6), 500e6] })!
const one = measuredFunction('one', 1, {
  measurement: sampled(1e6, 1000, 1),
  comparison: { ...comparison('unchanged'), base_quantiles_ms: base },
})

function panels(over: Partial<Run> = {}) {
  const run = runOf({ cases: [one], ...over })
  const detail = detailsOf(reportOf(run))(one)
  const find = <T extends 'ecdf' | 'percentiles'>(kind: T) =>
    detail.panels.find((panel) => panel.kind === kind) as Extract<EcdfData | PercentilesData, { kind: T }>
  return { ecdf: find('ecdf'), percentiles: find('percentiles') }
}
function sceneOf(data: EcdfData | PercentilesData): { scene: Scene; table: readonly (readonly string[])[]; columns: readonly string[] } {
  const panel = panelOf(data, { runs: [] })
  if (panel.body.kind !== 'scene' || !panel.table) throw new Error('not a chart')
  return { scene: panel.body.scene, table: panel.table.rows, columns: panel.table.columns }
}

describe('the times of the base beside those of the head', () => {
  test('one outlier of the base does not stretch the axis', () => {
    expect(base.at(-1)).toBe(500)
    const drawn = unpack(panels().ecdf.base!)
    expect(Math.max(...drawn)).toBeCloseTo(1, 5)
    // The head goes on to 99.5 %.
    expect(drawn.length).toBeLessThan(unpack(panels().ecdf.head).length)
  })

  test('lie at the shares they have, also between whole percents', () => {
    const even = distributionThrough(Array.from({ length: 101 }, (_, at) => at))!
    for (const share of [0, 0.07, 0.925, 0.99, 1]) expect(even.quantile(share)).toBeCloseTo(share * 100, 6)
    const percentiles = unpack(panels().percentiles.base!)
    expect(tailPercentiles[percentiles.length - 1]).toBe(99)
  })

  test('are told by crosshair, description and table of the distribution', () => {
    const { scene, table, columns } = sceneOf(panels().ecdf)
    expect(scene.label).toMatch(/; of the newest run of the baseline 1 ms$/)
    expect(scene.probe?.tell(10)).toContain('newest run of the baseline: 1 ms')
    expect(columns).toEqual(['share', 'time, at most', 'newest run of the baseline'])
    expect(table[1]?.[2]).toBe('1 ms')
  })

  test('are called what they are: of the newest run, or of the pairs', () => {
    const legends = (data: EcdfData | PercentilesData) => sceneOf(data).scene.legend?.map(({ text }) => text)
    const { ecdf, percentiles } = panels()
    for (const data of [ecdf, percentiles]) expect(legends(data)).toEqual(['newest run of the baseline', 'head'])
    const against = { base: 'v1.2.0', head: 'main', seed: 1, pairs: 12, swapped: false, out_of_time: false }
    expect(legends(panels({ against }).ecdf)).toEqual(['base v1.2.0', 'head'])
  })
})
