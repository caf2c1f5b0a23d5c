import { describe, expect, it } from 'vitest'
import { judgeMerged } from '../../src/main/judge-merged.ts'
import { mergeShards } from '../../src/merge/merge.ts'
import type { Baseline, BaselineReading } from '../../src/baseline/baseline.ts'
import type { Measured } from '../../src/model/measured.ts'
import type { Compared, Run } from '../../src/model/run.ts'
import type { Shard } from '../../src/model/shard.ts'
import { recordedValues } from '../../src/stats/recorded-values.ts'
import { summarise } from '../../src/stats/summarise.ts'
import { environment, failed, identity, loaded, measuredFunction, measuredLoad, runOf } from '../report/run-builder.ts'

const all = ['a.bench.ts', 'b.bench.ts']
const shard = (index: number, over: Partial<Shard> = {}): Shard => ({
  index,
  count: 2,
  files: [all[index - 1]!],
  not_run: all.filter((_, at) => at !== index - 1),
  filtered: false,
  run: '17',
  ...over,
})
const part = (index: number, cases: readonly Compared[], over: Partial<Run> = {}) => ({
  file: `shard-${index}.json`,
  run: runOf({ cases, shard: shard(index), environment, ...over }),
})
const absent: BaselineReading = { state: 'absent', path: 'baseline.json', findings: [] }
const judged = (parts: Parameters<typeof mergeShards>[0], baseline: BaselineReading = absent) => {
  const merged = mergeShards(parts)
  return judgeMerged(merged, merged.config, baseline)
}
const at = (id: string, file: string, over = {}) => ({ identity: identity(id, { file, ...over }) })

describe('cases of shards', () => {
  it('are taken over as they are where one shard has them', () => {
    const [one, two] = [measuredFunction('one', 1, at('one', 'a.bench.ts')), measuredFunction('two', 2, at('two', 'b.bench.ts'))]
    expect(judged([part(2, [two]), part(1, [one])]).run.cases).toEqual([one, two])
  })

  it('are added bucket by bucket where they are loads of the same http case', () => {
    const [first, second] = [loaded(2, 3000, {}, 4), loaded(5, 1000, { failures: { ...loaded(1).failures, status: 7 } }, 5)]
    const get = (measurement: typeof first): Compared => {
      const [one] = summarise(
        [measuredLoad('get', 2, at('get', 'a.bench.ts', { kind: 'http' }))].map((one) => ({ ...one, measurement }) as Measured),
      )
      if (!one) throw new Error('no case')
      return one
    }
    const [sum] = judged([part(1, [get(first)]), part(2, [get(second)])]).run.cases
    if (sum?.state !== 'measured' || sum.measurement.type !== 'load') throw new Error('no load')
    const counts = new Map<number, number>()
    for (const { value, count } of [...recordedValues(first.histogram), ...recordedValues(second.histogram)])
      counts.set(value, (counts.get(value) ?? 0) + count)
    expect(recordedValues(sum.measurement.histogram)).toEqual(
      [...counts].sort(([a], [b]) => a - b).map(([value, count]) => ({ value, count })),
    )
    expect(sum.measurement).toMatchObject({ requests: 4000, failures: { status: 7 } })
    expect(sum.metrics['error_count']).toBe(7)
    expect(sum.findings.filter(({ code }) => code === 'failed_requests')).toHaveLength(1)
  })

  it('that cannot be added are refused where two shards measured them', () => {
    const one = measuredFunction('one', 1)
    expect(() => mergeShards([part(1, [one]), part(2, [one])])).toThrow(
      /one is in several shards, only loads can be added[\s\S]*SHARDS_DIFFER/,
    )
  })

  it('of two files with the same id clash in the whole as they do in one run', () => {
    const { run } = judged([
      part(1, [measuredFunction('same', 1, at('same', 'a.bench.ts'))]),
      part(2, [measuredFunction('same', 1, at('same', 'b.bench.ts'))]),
    ])
    expect(run.cases.map(({ state }) => state)).toEqual(['measured', 'failed'])
    expect(run.verdict).toMatchObject({ passed: false, exit_reason: 'failed_case' })
  })

  it('of one file in two Vitest projects get the names that one run gives them', () => {
    const of = (project: string) => measuredFunction('sum', 1, at('sum', 'a.bench.ts', { project }))
    const { run } = judged([part(1, [of('node (bench)')]), part(2, [of('jsdom (bench)')])])
    expect(run.cases.map(({ identity }) => identity.id)).toEqual(['node:sum', 'jsdom:sum'])
  })
})

describe('the verdict on the whole', () => {
  const gates = [{ name: 'both', metric: '*.avg_time_ms', operator: 'LessThan', threshold: 1.5, severity: 'Blocking' }] as const
  const config = { ...runOf().config, gates }

  it('comes from the gates over all shards', () => {
    const parts = [part(1, [measuredFunction('one', 1)], { config }), part(2, [measuredFunction('two', 2)], { config })]
    const { run } = judged(parts)
    expect(run.gates.map(({ metric, outcome }) => [metric, outcome])).toEqual([
      ['one.avg_time_ms', 'passed'],
      ['two.avg_time_ms', 'failed'],
    ])
    expect(run.verdict.exit_reason).toBe('gate')
  })

  it('has the cases of the baseline that no shard has as missing, and those of another shard not', () => {
    const value = { at: '2026-10-01T00:00:00.000Z', commit: null, value: 0.98 }
    const cases = Object.fromEntries(['one', 'two', 'gone'].map((id) => [id, { p50_time_ms: [value] }]))
    const baseline: Baseline = {
      path: 'baseline.json',
      format: 'baseline',
      environments: [{ fingerprint: environment.fingerprint, machine: {}, cases }],
    }
    const { run } = judged([part(1, [measuredFunction('one', 1)]), part(2, [measuredFunction('two', 1)])], {
      state: 'usable',
      baseline,
      findings: [],
    })
    expect(run.missing.map(({ id }) => id)).toEqual(['gone'])
    expect(run.trends.missing_operations).toEqual(['gone'])
    expect(run.verdict.exit_reason).toBe('regression')
  })

  it('is no pass without all shards, nor where files ran nowhere', () => {
    expect(judged([part(1, [measuredFunction('one', 1)])]).run.verdict).toMatchObject({
      exit_reason: 'infrastructure',
      reasons: ['Shard 2 of 2 is missing: b.bench.ts did not run.'],
    })
    const nobody = [1, 2].map((index) =>
      part(index, [measuredFunction(`c${index}`, 1)], { shard: shard(index, { files: [], not_run: all }) }),
    )
    expect(judged(nobody).run.verdict.reasons[0]).toBe('No shard ran a.bench.ts, b.bench.ts.')
  })

  it('is that of an interrupted shard, and of one whose file did not load', () => {
    const good = part(1, [measuredFunction('one', 1)])
    const interrupted = { passed: false, exit_reason: 'interrupted', reasons: [] } as const
    expect(judged([good, part(2, [], { verdict: interrupted })]).run.verdict.exit_reason).toBe('interrupted')
    const { run } = judged([good, part(2, [failed('two')], { errors: [{ message: 'b.bench.ts: not found' }] })])
    expect(run.errors).toEqual([{ message: 'shard 2 of 2: b.bench.ts: not found' }])
    expect(run.verdict.exit_reason).toBe('infrastructure')
  })

  it('compares each case with the baseline of its own machine, and says that there were several', () => {
    const other = { ...environment, fingerprint: 'other', cpu_model: 'Another CPU' }
    const value = (value: number) => ({ p50_time_ms: [{ at: '2026-10-01T00:00:00.000Z', commit: null, value }] })
    const baseline: Baseline = {
      path: 'baseline.json',
      format: 'baseline',
      environments: [
        { fingerprint: environment.fingerprint, machine: {}, cases: { one: value(0.98), two: value(100) } },
        { fingerprint: 'other', machine: {}, cases: { one: value(100), two: value(1.96) } },
      ],
    }
    const parts = [part(1, [measuredFunction('one', 1)]), part(2, [measuredFunction('two', 2)], { environment: other })]
    const { run, byMachine } = judged(parts, { state: 'usable', baseline, findings: [] })
    expect(run.cases.map(({ comparison }) => comparison?.verdict)).toEqual(['unchanged', 'unchanged'])
    expect(run.missing).toEqual([])
    expect(run.findings).toContainEqual({
      code: 'shards_machines',
      facts: { machines: 2, differs: 'cpu_model AMD EPYC 7B13 and Another CPU' },
    })
    expect(byMachine.map(({ environment, cases }) => [environment.fingerprint, cases.map(({ identity }) => identity.id)])).toEqual([
      [environment.fingerprint, ['one']],
      ['other', ['two']],
    ])
    expect(run.environment.fingerprint).toBe(`other+${environment.fingerprint}`)
  })
})

describe('shards of different runs are refused, by what differs', () => {
  const first = part(1, [measuredFunction('one', 1)])
  it.each<[string, Partial<Run>]>([
    ['number of shards (2 and 3)', { shard: shard(2, { count: 3 }) }],
    ['commit', { environment: { ...environment, commit: 'abc' } }],
    ['state of the checkout', { environment: { ...environment, dirty: true } }],
    ['version of vitest-perf (0.1.0 and 0.2.0)', { environment: { ...environment, vitest_perf: '0.2.0' } }],
    ['version of Vitest', { environment: { ...environment, vitest: '5.2.0' } }],
    ['CI run (17 and 18)', { shard: shard(2, { run: '18' }) }],
    ['choice of benchmarks', { shard: shard(2, { filtered: true }) }],
    ['list of benchmark files', { shard: shard(2, { not_run: [] }) }],
    ['project', { project: 'somebody else' }],
    ['config', { config: { ...first.run.config, strict: true } }],
  ])('%s', (what, over) => {
    const other = part(2, [measuredFunction('two', 1)], over)
    expect(() => mergeShards([first, other])).toThrow(`shard-1.json and shard-2.json differ in their ${what}`)
  })

  it('what was compared with another version in pairs', () => {
    const against = { base: 'main', head: 'work', seed: 1, pairs: 4, swapped: false, out_of_time: false }
    expect(() => mergeShards([first, part(2, [], { against })])).toThrow('hold for its own shard only')
  })

  it('a merged run', () => {
    const { run } = judged([first, part(2, [measuredFunction('two', 1)])])
    expect(() => mergeShards([{ file: 'whole.json', run }])).toThrow('whole.json is a merged run already')
  })
})
