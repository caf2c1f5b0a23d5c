import type { Gate } from '../model/benchmark-config.ts'
import { idMatcher } from '../model/id-pattern.ts'
import { splitMetric } from '../model/metric-name.ts'
import { workerConfig } from './worker-config.ts'

/** The blocking gates that a case with this id is judged by. A comparison of versions judges none. */
export function gatesOf(id: string): readonly Gate[] {
  const { gates = [], against } = workerConfig()
  if (against) return []
  return gates.filter(({ metric, severity }) => severity === 'Blocking' && idMatcher(splitMetric(metric).id)(id))
}
