import type { Gate } from '../model/benchmark-config.ts'
import { splitMetric } from '../model/metric-name.ts'
import type { HttpSpec } from '../model/spec.ts'
import { meanRate } from './arrivals.ts'
import type { LoadJob, Stop } from './job.ts'
import type { OptionCheck } from './option-check.ts'
import { isGrowing } from './unmeetable.ts'

/** What may end a load early: a share of failures that the case names, or the gates that it has. @throws PerfError OPTION_INVALID */
export function stopsOf({ abort_on_fail, gates, durationMs }: HttpSpec, shape: LoadJob['shape'], check: OptionCheck): readonly Stop[] {
  if (abort_on_fail === undefined || abort_on_fail === false) return []
  if (abort_on_fail === true) return (gates ?? []).flatMap((gate) => stopOf(gate, shape, durationMs))
  if (typeof abort_on_fail !== 'number' || !(abort_on_fail >= 0 && abort_on_fail <= 100)) {
    throw check.wrong('abort_on_fail', abort_on_fail, 'true, false, or a percentage of failed requests from 0 to 100')
  }
  return [{ by: 'share', percent: abort_on_fail }]
}

function stopOf(gate: Gate, shape: LoadJob['shape'], durationMs: number): Stop[] {
  const { name: metric } = splitMetric(gate.metric)
  const isLowerBound = gate.operator.startsWith('Greater')
  if (metric === 'success_rate') {
    return isLowerBound || gate.operator === 'Equal' ? [{ by: 'success', gate, planned: plannedOf(shape), durationMs }] : []
  }
  return isGrowing(metric) && !isLowerBound ? [{ by: 'growth', gate, metric }] : []
}

/** How many requests there will be, where that is certain. */
function plannedOf(shape: LoadJob['shape']): number | undefined {
  if (shape.model === 'closed') return shape.amount
  if (shape.model === 'users' || shape.arrivals === 'poisson') return undefined
  return Math.ceil((meanRate(shape.stages) * shape.stages.reduce((sum, stage) => sum + stage.durationMs, 0)) / 1000)
}
