import type { Estimate } from '../model/estimate.ts'
import type { Finding } from '../model/finding.ts'
import type { Measured, MeasuredCase, Measurement, TrackedValues } from '../model/measured.ts'
import type { Summarised, SummarisedCase } from '../model/run.ts'
import type { Scaling } from '../model/scaling.ts'
import type { Better } from '../model/spec.ts'
import { relativeTime } from './relative.ts'
import { resourceMetrics } from './summarise-resources.ts'
import { summariseLoad } from './summarise-load.ts'
import { summariseReported } from './summarise-reported.ts'
import { summariseCapacity, summariseLevels, summariseScale } from './summarise-scale.ts'
import { summariseSamples } from './summarise-samples.ts'
import { summariseTracked } from './summarise-tracked.ts'

interface Summary {
  readonly metrics: Readonly<Record<string, number>>
  readonly estimates: Readonly<Record<string, Estimate>>
  readonly findings: readonly Finding[]
  readonly scaling?: Scaling
}

/** Stage 2: from samples, histograms and series to named metrics with intervals. */
export function summarise(cases: readonly Measured[]): Summarised[] {
  return cases.map((measured) => (measured.state === 'measured' ? summariseCase(measured, cases) : measured))
}

function summariseCase(measured: MeasuredCase, all: readonly Measured[]): SummarisedCase {
  const summary = summariseMeasurement(measured.measurement)
  const resources = resourceMetrics(measured.resources)
  const startup = measured.startup_time_ms === undefined ? {} : { startup_time_ms: measured.startup_time_ms }
  const relative = relativeTo(measured, all)
  return {
    ...measured,
    metrics: { ...resources.metrics, ...startup, ...summary.metrics },
    estimates: { ...resources.estimates, ...summary.estimates },
    own_metrics: { ...resources.own, ...ownMetrics(measured.measurement) },
    findings: [...measured.findings, ...summary.findings],
    ...(relative ? { relative } : {}),
    ...(summary.scaling ? { scaling: summary.scaling } : {}),
  }
}

function summariseMeasurement(measurement: Measurement): Summary {
  switch (measurement.type) {
    case 'samples':
      return withSuccess(summariseSamples(measurement))
    case 'load':
      return summariseLoad(measurement)
    case 'reported':
      return summariseReported(measurement)
    case 'tracked':
      return withSuccess(summariseTracked(measurement))
    case 'scale':
      return summariseScale(measurement)
    case 'levels':
      return summariseLevels(measurement)
    case 'capacity':
      return summariseCapacity(measurement)
    case 'observation':
      return { metrics: {}, estimates: {}, findings: [] }
  }
}

/** A call that throws fails its case, so all calls of a measured one succeeded. */
function withSuccess(summary: Summary): Summary {
  return { ...summary, metrics: { ...summary.metrics, success_rate: 100, error_count: 0 } }
}

function ownMetrics(measurement: Measurement): Record<string, { unit: string; better: Better }> {
  return measurement.type === 'tracked' ? { value: tracked(measurement) } : {}
}

function tracked({ unit, better }: TrackedValues): { unit: string; better: Better } {
  return { unit, better }
}

function relativeTo(measured: MeasuredCase, all: readonly Measured[]): SummarisedCase['relative'] {
  const { group, identity, measurement } = measured
  if (!group || group.base === identity.id || measurement.type !== 'samples') return undefined
  const base = all.find((other) => other.state === 'measured' && other.group?.name === group.name && other.identity.id === group.base)
  if (base?.state !== 'measured' || base.measurement.type !== 'samples') return undefined
  return { to: group.base, ratio: relativeTime(base.measurement, measurement) }
}
