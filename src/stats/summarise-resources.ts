import type { Estimate } from '../model/estimate.ts'
import type { Resources, Subject } from '../model/resources.ts'
import type { Better } from '../model/spec.ts'

/** Whose figures stand under the plain names: the server's where there is one, else the test worker's. */
const order: readonly Subject[] = ['server', 'worker']

export interface ResourceSummary {
  readonly metrics: Readonly<Record<string, number>>
  readonly estimates: Readonly<Record<string, Estimate>>
  readonly own: Readonly<Record<string, { readonly unit: string; readonly better: Better }>>
}

/** The processes that the plain names of a case are about. */
export function underTest(resources: readonly Resources[]): Resources | undefined {
  return order.flatMap((subject) => resources.find((one) => one.subject === subject) ?? [])[0]
}

/** `cpu_percent` is about the system under test; the generator's figures stay in `resources`. */
export function resourceMetrics(resources: readonly Resources[]): ResourceSummary {
  const about = underTest(resources)
  if (!about) return { metrics: {}, estimates: {}, own: {} }
  const own = Object.entries(about.own_metrics ?? {}).map(([name, { unit, better }]) => [name, { unit, better }] as const)
  return { metrics: about.metrics, estimates: about.estimates ?? {}, own: Object.fromEntries(own) }
}
