import type { ComparisonVerdict, GateOutcome } from '../model/run.ts'
import type { Operator } from '../model/benchmark-config.ts'

export type { Sentence, Weight } from './sentence.ts'
export { sentenceOf, sizeOf, weightOf } from './finding-sentences.ts'

export type Tone = 'bad' | 'good' | 'unclear' | 'quiet'

/** How something is told apart at a glance, never by colour alone: a glyph and a word always stand together. */
export interface Mark {
  readonly key: string
  readonly glyph: string
  readonly word: string
  readonly tone: Tone
}

/** Worst first: tables and counts are in this order. */
export const marks = {
  failed: { key: 'failed', glyph: '✕', word: 'failed', tone: 'bad' },
  gate: { key: 'gate', glyph: '✗', word: 'over gate', tone: 'bad' },
  regressed: { key: 'regressed', glyph: '▲', word: 'slower', tone: 'bad' },
  missing: { key: 'missing', glyph: '∅', word: 'missing', tone: 'bad' },
  inconclusive: { key: 'inconclusive', glyph: '?', word: 'unclear', tone: 'unclear' },
  improved: { key: 'improved', glyph: '▼', word: 'faster', tone: 'good' },
  new: { key: 'new', glyph: '+', word: 'new', tone: 'quiet' },
  unchanged: { key: 'unchanged', glyph: '=', word: 'no change', tone: 'quiet' },
  measured: { key: 'measured', glyph: '✓', word: 'measured', tone: 'quiet' },
  skipped: { key: 'skipped', glyph: '↓', word: 'skipped', tone: 'quiet' },
  not_applicable: { key: 'not_applicable', glyph: '–', word: 'not applicable', tone: 'quiet' },
} as const satisfies Record<ComparisonVerdict | 'failed' | 'gate' | 'measured' | 'skipped' | 'not_applicable', Mark>

export type MarkKey = keyof typeof marks
export const markOrder = Object.keys(marks) as readonly MarkKey[]

export const gateMarks: Readonly<Record<GateOutcome, Mark>> = {
  passed: { key: 'passed', glyph: '✓', word: 'passed', tone: 'good' },
  failed: { key: 'failed', glyph: '✗', word: 'failed', tone: 'bad' },
  undecided: { key: 'undecided', glyph: '?', word: 'undecided', tone: 'unclear' },
  missing: { key: 'missing', glyph: '∅', word: 'not measured', tone: 'bad' },
}

export const operatorSigns: Readonly<Record<Operator, string>> = {
  LessThan: '<',
  LessThanOrEqual: '≤',
  GreaterThan: '>',
  GreaterThanOrEqual: '≥',
  Equal: '=',
}

/** The mission's ten objectives in words, and the unit of their limits. */
export const objectives: Readonly<Record<string, { readonly label: string; readonly unit: string }>> = {
  max_startup_time_ms: { label: 'Startup time', unit: 'ms' },
  max_api_response_time_ms: { label: 'API response time', unit: 'ms' },
  max_search_time_ms: { label: 'Search time', unit: 'ms' },
  max_indexing_time_per_doc_ms: { label: 'Indexing time per document', unit: 'ms' },
  max_memory_mb: { label: 'Memory', unit: 'MB' },
  max_cpu_idle_percent: { label: 'CPU when idle', unit: '%' },
  max_cpu_load_percent: { label: 'CPU under load', unit: '%' },
  min_rps: { label: 'Requests per second', unit: '1/s' },
  max_concurrent_users: { label: 'Concurrent users', unit: 'n' },
  max_data_scale: { label: 'Data scale', unit: 'n' },
}
