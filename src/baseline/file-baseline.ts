import { z } from 'zod'
import type { Baseline, RecordedEnvironment, RecordedValue } from './baseline.ts'
import { machineKeys } from './baseline.ts'

export const baselineSchemaName = 'vitest-perf/baseline/1'

const value = z.object({ at: z.string().nullable(), commit: z.string().nullable(), value: z.number() })
export const machine = z.object(Object.fromEntries(machineKeys.map((key) => [key, z.union([z.string(), z.number()]).nullable()]))).partial()

const accepted = z.object({
  at: z.string(),
  commit: z.string().nullable(),
  reason: z.string(),
  metric: z.string(),
  from: z.exactOptional(z.number()),
  to: z.exactOptional(z.number()),
})

/** baseline.json: values by environment fingerprint, case id and metric, oldest first. */
export const baselineFile = z.object({
  schema: z.literal(baselineSchemaName),
  environments: z.record(
    z.string(),
    z.object({
      machine,
      cases: z.record(z.string(), z.record(z.string(), z.array(value).min(1))),
      times: z.exactOptional(z.record(z.string(), z.array(z.number()).min(2))),
      accepted: z.exactOptional(z.record(z.string(), accepted)),
    }),
  ),
})

export function environmentsOf({ environments }: z.infer<typeof baselineFile>): RecordedEnvironment[] {
  return Object.entries(environments).map(([fingerprint, { machine, ...rest }]) => ({
    fingerprint,
    machine: machine as RecordedEnvironment['machine'],
    ...rest,
  }))
}

/** The text of baseline.json: keys sorted and one value, or the times of one run, a line, so that two versions can be told apart by a line-wise diff. */
export function baselineText(baseline: Baseline): string {
  const environments = Object.fromEntries(
    baseline.environments.flatMap(({ fingerprint, ...rest }) => (fingerprint === null ? [] : [[fingerprint, rest] as const])),
  )
  return `${write({ schema: baselineSchemaName, environments }, '')}\n`
}

function write(node: unknown, indent: string): string {
  if (typeof node !== 'object' || node === null || isValue(node)) return inline(node)
  if (isNumbers(node)) return `[${node.join(', ')}]`
  const inner = `${indent}  `
  if (Array.isArray(node)) return `[\n${node.map((item) => inner + write(item, inner)).join(',\n')}\n${indent}]`
  const entries = Object.entries(node).filter(([, item]) => item !== undefined)
  if (entries.length === 0) return '{}'
  // The schema's name opens the file, whatever the alphabet says.
  const sorted = indent === '' ? entries : entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{\n${sorted.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${write(item, inner)}`).join(',\n')}\n${indent}}`
}

const isValue = (node: object): node is RecordedValue => 'value' in node && 'at' in node && 'commit' in node

const isNumbers = (node: object): node is number[] => Array.isArray(node) && typeof node[0] === 'number'

function inline(node: unknown): string {
  if (typeof node !== 'object' || node === null) return JSON.stringify(node)
  const { at, commit, value } = node as RecordedValue
  return `{ "at": ${JSON.stringify(at)}, "commit": ${JSON.stringify(commit)}, "value": ${value} }`
}
