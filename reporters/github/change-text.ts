import type { Comparison } from '../../src/model/run.ts'
import { change, changeRange } from '../../src/report/format.ts'

/** `avg_time_ms +34.2 % [+34.0, +34.4], allowed 5 %, against baseline.json of 2026-10-01` */
export function changeText({ metric, effect_percent, interval_percent, threshold_percent, against }: Comparison): string {
  const effect = effect_percent === undefined ? '' : ` ${change(effect_percent)}`
  const interval = interval_percent ? ` ${changeRange(...interval_percent)}` : ''
  return `${metric}${effect}${interval}, allowed ${threshold_percent} %, against ${against}`
}
