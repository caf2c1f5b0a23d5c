import { metricDefinition } from '../model/metric-catalogue.ts'
import type { Resources, Subject } from '../model/resources.ts'
import type { Better } from '../model/spec.ts'

/** Whose figures stand under the plain names: the server's where there is one, else the test worker's. */
const order: readonly Subject[] = ['server', 'worker']

/** `cpu_percent` is about the system under test; the generator's figures stay in `resources`. */
export function resourceMetrics(resources: readonly Resources[]): {
  metrics: Readonly<Record<string, number>>
  own: Record<string, { unit: string; better: Better }>
} {
  const about = order.flatMap((subject) => resources.find((one) => one.subject === subject) ?? [])[0]
  if (!about) return { metrics: {}, own: {} }
  const own: Record<string, { unit: string; better: Better }> = {}
  for (const name of Object.keys(about.metrics)) {
    if (metricDefinition(name)) continue
    const unit = about.series.find(({ metric }) => metric === name)?.unit ?? ''
    own[name] = { unit, better: 'lower' }
  }
  return { metrics: about.metrics, own }
}
