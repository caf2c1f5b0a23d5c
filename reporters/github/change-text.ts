import type { Comparison } from '../../src/model/run.ts'
import { change, changeRange } from '../../src/report/format.ts'

/** What a comparison has against a case, with its waiver. `gone`: the whole case is missing, not its figure only. */
export function standingText(comparison: Comparison, gone: 'gone' | 'here'): string {
  const missing = `It has a value in ${comparison.against} and ${gone === 'gone' ? 'is not in this run' : 'none in this run'}`
  const what = comparison.verdict === 'missing' ? missing : changeText(comparison)
  return [what, ...waiverText(comparison)].join('. ')
}

function waiverText({ findings }: Comparison): string[] {
  for (const one of findings) {
    if (one.code === 'regression_waived') return [`Waived until ${one.facts.until}: ${one.facts.reason}`]
    if (one.code === 'waiver_expired') return [`Its waiver ended with ${one.facts.until}`]
  }
  return []
}

/** `avg_time_ms +34.2 % [+34.0, +34.4], allowed 5 %, against baseline.json of 2026-10-01` */
function changeText({ metric, effect_percent, interval_percent, threshold_percent, against }: Comparison): string {
  const effect = effect_percent === undefined ? '' : ` ${change(effect_percent)}`
  const interval = interval_percent ? ` ${changeRange(...interval_percent)}` : ''
  return `${metric}${effect}${interval}, allowed ${threshold_percent} %, against ${against}`
}
