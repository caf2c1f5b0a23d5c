import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { finding } from '../model/finding.ts'
import type { Baseline, BaselineReading } from './baseline.ts'
import { baselineFile, baselineSchemaName, environmentsOf } from './file-baseline.ts'
import { environmentOfMission, missionReport } from './file-mission.ts'
import { environmentOfResults, resultsFile, resultsSchemaName } from './file-results.ts'

export type { BaselineReading } from './baseline.ts'

export interface ReadOptions {
  /** A file that is not there is a fault: it was asked for by name. @default false */
  readonly required?: boolean
}

/**
 * Reads what a run is compared with: our `baseline.json`, a `benchmark_results.json` of ours, or a report of the mission. A file that
 * cannot be used is never an error of its own: it comes back as a finding that says what is wrong with it.
 */
export async function readBaseline(path: string, options: ReadOptions = {}): Promise<BaselineReading> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !options.required) return { state: 'absent', path, findings: [] }
    return unusable(path, code === 'ENOENT' ? 'there is no such file' : message)
  }
  return baselineIn(text, path)
}

/** As {@link readBaseline}, of a text that is at hand. `path` only names it. */
export function baselineIn(text: string, path: string): BaselineReading {
  const read = parseBaseline(text, path)
  return typeof read === 'string' ? unusable(path, read) : { state: 'usable', baseline: read, findings: [] }
}

function unusable(path: string, reason: string): BaselineReading {
  return { state: 'unusable', path, findings: [finding('baseline_unusable', { path, reason: printable(reason) })] }
}

/** The baseline in a text, or the reason why there is none. */
function parseBaseline(text: string, path: string): Baseline | string {
  if (text.trim() === '') return 'the file is empty'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return `it is not valid JSON, or cut off: ${(error as Error).message}`
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it does not hold an object'
  const { schema } = value as { schema?: unknown }
  switch (schema) {
    case baselineSchemaName:
      return parsed(baselineFile, value, (file) => ({ path, format: 'baseline', environments: environmentsOf(file) }))
    case resultsSchemaName:
      return parsed(resultsFile, value, (file) => ({ path, format: 'results', environments: [environmentOfResults(file)] }))
    case undefined:
      if (!('results' in value)) return 'it has neither a schema nor results'
      return parsed(missionReport, value, (file) => ({ path, format: 'mission', environments: [environmentOfMission(file)] }))
    default:
      return `its schema is ${JSON.stringify(schema)}; readable are ${baselineSchemaName}, ${resultsSchemaName} and the mission's report`
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, make: (file: T) => Baseline): Baseline | string {
  const result = schema.safeParse(value)
  if (result.success) return make(result.data)
  const [issue] = result.error.issues
  const more = result.error.issues.length > 1 ? `, and ${result.error.issues.length - 1} more places` : ''
  return `${issue?.path.map(String).join('.') || 'the file'}: ${issue?.message ?? 'not as it should be'}${more}`
}

/** Parser messages quote the file: short, and without characters that would act on a terminal. */
function printable(reason: string): string {
  return reason.slice(0, 300).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '�')
}
