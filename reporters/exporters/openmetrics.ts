import { metricDefinition } from '../../src/model/metric-catalogue.ts'
import type { Run } from '../../src/model/run.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { figuresOf, measuredCases, type Figure } from './figures.ts'

type Labels = Readonly<Record<string, string>>
interface Family {
  readonly type: 'gauge' | 'info'
  readonly unit: string
  readonly help: string
  readonly samples: Map<string, { readonly labels: Labels; readonly value: number }>
}

/** OpenMetrics text 1.0 in base units (seconds, bytes, ratios), for a textfile collector or a push gateway. */
export const openmetrics = {
  file: 'openmetrics.txt',
  render: ({ run }) => {
    const families = new Map<string, Family>()
    for (const { name, type = 'gauge', unit = '', help, labels, value } of samplesOf(run)) {
      const family = families.get(name) ?? { type, unit, help, samples: new Map() }
      // Two names that differ in signs only would be one sample twice: the first stays.
      if (!family.samples.has(JSON.stringify(labels))) family.samples.set(JSON.stringify(labels), { labels, value })
      families.set(name, family)
    }
    return `${[...families].map(([name, family]) => write(name, family)).join('')}# EOF\n`
  },
} satisfies Reporter

interface Sample {
  readonly name: string
  readonly type?: Family['type']
  readonly unit?: string
  readonly help: string
  readonly labels: Labels
  readonly value: number
}

function samplesOf(run: Run): Sample[] {
  const { environment: on, verdict } = run
  const flag = (met: boolean): number => (met ? 1 : 0)
  return [
    {
      name: 'vitest_perf_run',
      type: 'info',
      help: 'What was measured, where.',
      labels: {
        project: run.project ?? '',
        commit: on.commit ?? '',
        branch: on.branch ?? '',
        fingerprint: on.fingerprint,
        node: on.node,
        exit_reason: verdict.exit_reason,
      },
      value: 1,
    },
    { name: 'vitest_perf_run_passed', help: 'Whether the run passed.', labels: {}, value: flag(verdict.passed) },
    {
      name: 'vitest_perf_run_started_timestamp_seconds',
      unit: 'seconds',
      help: 'When the run began.',
      labels: {},
      value: run.started_at / 1000,
    },
    ...run.gates.map(({ name, metric, severity, outcome }) => ({
      name: 'vitest_perf_gate_passed',
      help: 'Whether a gate was met.',
      labels: { gate: name, metric, severity, outcome },
      value: flag(outcome === 'passed'),
    })),
    ...run.cases.map(({ identity, state }) => ({
      name: 'vitest_perf_case_measured',
      help: 'Whether a case has numbers.',
      labels: { case: identity.id, state },
      value: flag(state === 'measured'),
    })),
    ...measuredCases(run).flatMap(figuresOf).map(sampleOf),
  ]
}

/** Base units of the catalogue's: what to multiply by, and which ending of the name gives way to which. */
const base: Readonly<Record<string, { readonly scale: number; readonly old: RegExp; readonly unit: string }>> = {
  ms: { scale: 1e-3, old: /_ms$/, unit: 'seconds' },
  MB: { scale: 1024 ** 2, old: /_mb$/, unit: 'bytes' },
  '%': { scale: 1e-2, old: /_percent$|_rate$/, unit: 'ratio' },
}

function sampleOf({ of, metric, value, unit }: Figure): Sample {
  const known = metricDefinition(metric)
  const { scale, old, unit: suffix } = (known && base[known.unit]) ?? { scale: 1, old: /$^/, unit: '' }
  const stem = `vitest_perf_${metric.replace(old, '').replace(/[^a-zA-Z0-9_]/g, '_')}`
  const { id, suite, file, kind } = of.identity
  return {
    name: suffix === '' ? stem : `${stem}_${suffix}`,
    unit: suffix,
    help: known?.meaning ?? 'A metric of this project.',
    labels: { case: id, suite, file, kind, ...(known ? {} : { metric, unit }) },
    value: value * scale,
  }
}

function write(name: string, { type, unit, help, samples }: Family): string {
  const head = [`# TYPE ${name} ${type}`, ...(unit ? [`# UNIT ${name} ${unit}`] : []), `# HELP ${name} ${escape(help)}`]
  const sample = type === 'info' ? `${name}_info` : name
  const lines = [...samples.values()].map(({ labels, value }) => `${sample}${labelText(labels)} ${value}`)
  return `${[...head, ...lines].join('\n')}\n`
}

const labelText = (labels: Labels): string => {
  const list = Object.entries(labels).map(([name, value]) => `${name}="${escape(value.toWellFormed())}"`)
  return list.length === 0 ? '' : `{${list.join(',')}}`
}

const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
