import type { Better } from '../model/spec.ts'
import type { HistoryRun, HistoryRunHead, HistoryValue } from './history-run.ts'

const historySchema = 'vitest-perf/history/1'

/** Values that share metric, unit and direction; ids stand in one string, since they have no spaces and one string parses at once. */
export interface HistoryColumn {
  readonly metric: string
  readonly unit: string
  readonly better: Better
  readonly ids: string
  readonly values: readonly number[]
}

export interface HistoryLine extends HistoryRunHead {
  readonly columns: readonly HistoryColumn[]
}

/** Six digits tell changes of a millionth; more would only be noise in version control. */
const digits = 6

/** A run as its line, line end included. Values that JSON cannot hold are left out: a line must never be lost for one of them. */
export function historyLine({ values, ...head }: HistoryRun): string {
  const groups = new Map<string, HistoryValue[]>()
  for (const one of values) {
    if (!Number.isFinite(one.value)) continue
    const key = `${one.metric}\n${one.unit}\n${one.better}`
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  const columns = [...groups.keys()].toSorted().map((key) => column(groups.get(key) ?? []))
  return `${JSON.stringify({ schema: historySchema, ...head, columns })}\n`
}

function column(group: readonly HistoryValue[]): HistoryColumn {
  const sorted = group.toSorted((a, b) => (a.case < b.case ? -1 : 1))
  const { metric = '', unit = '', better = 'lower' } = sorted[0] ?? {}
  const values = sorted.map(({ value }) => Number(value.toPrecision(digits)))
  return { metric, unit, better, ids: sorted.map((one) => one.case).join(' '), values }
}

/** `undefined` for a line that is torn, foreign, or has a value of the wrong type. Checked by hand: a schema library takes seconds here. */
export function parseHistoryLine(text: string): HistoryLine | undefined {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    return undefined
  }
  return isLine(line) ? line : undefined
}

/** What stands before the figures of a line: its text, or its first part. */
export function parseHistoryHead(text: string): HistoryRunHead | undefined {
  // In a string the quotes would have backslashes.
  const end = text.indexOf(',"columns":')
  try {
    const value: unknown = JSON.parse(end < 0 ? text : `${text.slice(0, end)}}`)
    if (!isHead(value)) return undefined
    const { run, at, commit, branch, fingerprint, machine, release } = value
    return { run, at, commit, branch, fingerprint, machine, ...(release === undefined ? {} : { release }) }
  } catch {
    return undefined
  }
}

function isLine(value: unknown): value is HistoryLine {
  if (!isRecord(value) || !isHead(value)) return false
  const { columns } = value as { columns?: unknown }
  return Array.isArray(columns) && columns.every(isColumn)
}

function isHead(value: unknown): value is HistoryRunHead {
  if (!isRecord(value) || value['schema'] !== historySchema) return false
  const { run, at, fingerprint, machine, commit, branch, release } = value
  const texts = [run, at, fingerprint, machine].every((one) => typeof one === 'string')
  const optional = [commit, branch].every((one) => one === null || typeof one === 'string')
  if (!texts || !optional || (release !== undefined && typeof release !== 'string')) return false
  return Number.isFinite(Date.parse(String(at)))
}

function isColumn(value: unknown): value is HistoryColumn {
  if (!isRecord(value)) return false
  const { metric, unit, better, ids, values } = value
  if (typeof metric !== 'string' || typeof unit !== 'string' || typeof ids !== 'string') return false
  return (better === 'lower' || better === 'higher') && Array.isArray(values) && values.every(Number.isFinite)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
