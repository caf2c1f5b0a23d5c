import { finding } from '../../src/model/finding.ts'
import type { Run } from '../../src/model/run.ts'
import type { TrendReport } from '../../src/model/trend.ts'
import { comparison, failed, gate, identity, measuredFunction, measuredLoad, runOf, sloCheck } from '../report/run-builder.ts'

/** Names that try to be something else. `alert(1)` is the word that tests look for. */
export const hostileNames = {
  markup: '<img src=x onerror=alert(1)><script>alert(1)</script>',
  attribute: '" onmouseover="alert(1)" \' autofocus onfocus=alert(1) x="',
  template: '{{#each this}}{{{constructor}}}{{/each}} {{> report}} ${alert(1)}',
  replacement: "a $& b $` c $' d $1 $$",
  bidi: 'safe\u202egnp.exe\u2066\u2069\u200f',
  ansi: '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007 \u009b2J\u0007\u0000',
  lines: 'one\r\ntwo\n\n# heading\n- item\u2028three',
  markdown: '| a | [x](javascript:alert(1)) ![i](http://evil.example/x.png) `code` **bold** _it_ ~~no~~ @everyone #12 <!-- c --> \\',
  cjk: '検索性能を測定する全文検索エンジンの応答時間と処理能力の試験',
  emoji: '👩‍👩‍👧‍👦🇺🇳é́́́́',
  long: 'x'.repeat(400),
  proto: '__proto__',
  lone: 'a\ud800b',
} as const

/** A history that anybody may have written. */
const hostileTrend = ((): TrendReport => {
  const names = Object.entries(hostileNames)
  const runs = names.map(([, name], at) => ({ run: name, at: new Date(Date.UTC(2026, 8, at + 1)).toISOString(), commit: name, release: name }))
  const places = runs.map((_, at) => at)
  const interval = [3, 8] as const
  return {
    fingerprint: hostileNames.markup,
    machine: hostileNames.markup,
    runs: runs.length,
    trends: names.map(([key, name]) => ({
      case: `case_${key}`, metric: name, unit: name, better: 'lower', runs, values: places.map((at) => at + 1), low: places, high: places,
      levels: [{ from: 0, to: runs.length - 1, value: 1 }],
      changes: runs.map(({ run, at, commit }, index) => ({
        index, run, at, commit, previous_commit: runs[index - 1]?.commit ?? null, direction: 'worse', change_percent: 5, before: 1, after: 2, state: 'confirmed',
      })),
      anomalies: [],
      since_release: { release: name, index: 0, change_percent: 5, interval_percent: interval, largest_step_percent: 1, creeping: true },
      suite_factor_removed: true,
    })),
    other_machines: names.map(([, name]) => ({ fingerprint: name, machine: name, runs: 1, newest: name })),
    skipped_lines: 1,
  }
})() // prettier-ignore

/** Every place of a run that holds somebody's text holds one of these. */
export const hostileRun: Run = (() => {
  const names = Object.entries(hostileNames)
  const every = names.map(([, name]) => name).join(' ')
  return runOf({
    project: hostileNames.markup,
    environment: { ...runOf().environment, branch: hostileNames.attribute, cpu_model: hostileNames.markup, ci: hostileNames.markdown },
    cases: [
      ...names.map(([key, name], at) => {
        const who = identity(`case_${key}`, { name, suite: name, file: `src/${name}.bench.ts`, project: name, line: at + 1 })
        const change = comparison('regressed', { against: name, metric: name, base: 1, head: 2, effect_percent: 100, interval_percent: [90, 110] })
        return measuredFunction(`case_${key}`, 1, {
          identity: who,
          comparison: change,
          own_metrics: { [name]: { unit: name, better: 'lower' } },
          metrics: { avg_time_ms: 1, [name]: 3 },
          findings: [
            finding('failed_requests', { failed: 1, total: 2, first: name }),
            finding('level_changed', { metric: name, unit: name, change_percent: 5, before: 1, after: 2, commit: name, previous_commit: name, runs: 3, state: 'confirmed' }),
            finding('creeping', { metric: name, release: name, change_percent: 5, low_percent: 3, high_percent: 8 }),
          ],
        })
      }),
      measuredLoad('load', 1, { phases: [{ name: hostileNames.markup, from_ms: 0, to_ms: 1000 }] }, {
        first_failures: names.map(([, name]) => ({ kind: 'status', at_ms: 1, message: name, status: 500, body: name })),
        ceiling: { verdict: 'generator', reason: every },
      }),
      failed('broken', { errors: names.map(([, name]) => ({ message: `${name}\n${name}`, stack: `Error: ${name}\n    at ${name} (a.ts:1:1)` })) }),
      { identity: identity('skipped'), state: 'skipped', reason: every, findings: [] },
    ],
    trend: hostileTrend,
    missing: [{ id: hostileNames.markup, comparison: comparison('missing', { against: every }) }],
    gates: names.map(([, name]) => gate('failed', { name, metric: `${name}.avg_time_ms`, message: name, file: name, line: 1 })),
    slo: {
      overall_compliance: 0,
      checks: [sloCheck({ slo: hostileNames.markup, case: every, metric: every, met: false, message: every })],
      violations: [sloCheck({ slo: hostileNames.markup, case: every, metric: every, met: false, message: every })],
      critical_violations: [],
      not_checked: names.map(([, name]) => ({ slo: name, reason: name })),
    },
    errors: names.map(([, name]) => ({ message: name, stack: name })),
    verdict: { passed: false, exit_reason: 'gate', reasons: names.map(([, name]) => name) },
  })
})() // prettier-ignore
