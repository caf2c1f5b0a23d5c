import { describe, expect, test } from 'vitest'
import { markdownReporter, reporters, terminalSummary } from '../../reporters/index.ts'
import { hiddenGates } from '../../src/report/hidden-gates.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { viewOf } from '../../src/report/view.ts'
import { comparison, gate, measuredFunction, runOf } from '../report/run-builder.ts'

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))
const changed = (id: string, verdict: 'regressed' | 'improved', effect_percent: number) =>
  measuredFunction(id, 1, {
    comparison: comparison(verdict, { effect_percent, interval_percent: [effect_percent - 1, effect_percent + 1] }),
  })

describe('a list that is cut keeps the worst', () => {
  const run = runOf({
    cases: [...times(500, (at) => changed(`slow_${at}`, 'regressed', 5)), changed('the_worst', 'regressed', 900)],
    verdict: { passed: false, exit_reason: 'regression', reasons: [] },
  })

  test('cases of one mark stand by the size of their change, then in the order of the run', () => {
    expect(viewOf(run).cases.slice(0, 3).map(({ name }) => name)).toEqual(['the_worst', 'slow_0', 'slow_1']) // prettier-ignore
  })

  test('in a terminal, on the page with scripts off, and in Markdown', async () => {
    expect(terminalSummary(viewOf(run), { columns: 80, color: false })).toContain('+900 %')
    const html = String(await reporters.html.render(reportOf(run)))
    expect(html.slice(html.indexOf('<tbody>'), html.indexOf('</tbody>'))).toContain('the_worst')
    expect(await markdownReporter({ maxBytes: 4000 }).render(reportOf(run))).toContain(String.raw`the\_worst`)
  })

  test('a missing case is worse than a faster one', async () => {
    const missing = [{ id: 'gone', comparison: comparison('missing') }]
    const faster = runOf({ cases: times(500, (at) => changed(`quick_${at}`, 'improved', -20)), missing })
    expect(await markdownReporter({ maxBytes: 4000 }).render(reportOf(faster))).toContain('∅ missing | gone')
  })
})

describe('a list that is cut says what it left out', () => {
  const gates = [...times(40, () => gate('failed', { name: 'over' })), ...times(5, () => gate('passed'))]

  test('gates by their outcome, in a terminal', () => {
    const text = terminalSummary(viewOf(runOf({ gates, verdict: { passed: false, exit_reason: 'gate', reasons: [] } })), {
      columns: 80,
      color: false,
    })
    expect(text).toContain('… 10 more failed, 5 more passed')
  })

  test('and none where nothing is left', () => {
    expect(hiddenGates([])).toBe('')
  })

  test('changes, gates, reasons and cases in Markdown', async () => {
    const run = runOf({
      cases: times(300, (at) => changed(`case_${at}`, 'regressed', 5)),
      gates,
      verdict: { passed: false, exit_reason: 'gate', reasons: times(30, (at) => `reason ${at}`) },
    })
    const text = String(await markdownReporter({ maxBytes: 3500 }).render(reportOf(run)))
    const shown = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
    expect(text).toContain(`And ${30 - shown(/^- reason/gm)} more.`)
    const changes = text.slice(text.indexOf('## What changed'), text.indexOf('## Gates'))
    expect(changes).toContain(`And ${300 - (changes.match(/slower/g)?.length ?? 0)} more, none of them worse.`)
    expect(text).toContain(`And ${40 - shown(/✗ failed/g)} more failed, 5 more passed.`)
  })
})
