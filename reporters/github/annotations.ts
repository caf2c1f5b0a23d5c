import type { Compared, Comparison, JudgedGate, Run } from '../../src/model/run.ts'
import { comparisonFails, gateFails } from '../../src/report/failing.ts'
import { plain } from '../../src/report/plain-text.ts'
import { standingText } from './change-text.ts'
import { workflowCommand } from './commands.ts'

export interface AnnotationOptions {
  /** Failed cases too: Vitest's own reporter annotates those of a live run. @default true */
  readonly failedCases?: boolean
}

interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly message: string
  readonly file?: string | undefined
  readonly line?: number | undefined
}

/** GitHub shows ten errors and ten warnings of a step; the rest would be dropped without a word. */
const shown = 10

/** What stands against a run, at the lines of the benches it is about. Worst first. */
export function annotationsOf(run: Run, { failedCases = true }: AnnotationOptions = {}): string[] {
  const all = [...gates(run), ...(failedCases ? failures(run) : []), ...changes(run), ...objectives(run), ...outside(run)]
  return (['error', 'warning'] as const).flatMap((level) => {
    const own = all.filter((one) => one.level === level)
    const kept = own.length > shown ? own.slice(0, shown - 1) : own
    const more = own.length - kept.length
    const rest: Annotation[] = more > 0 ? [{ level, title: 'vitest-perf', message: `And ${more} more: see the job summary.` }] : []
    return [...kept, ...rest].map(({ title, message, file, line }) =>
      workflowCommand(level, { title: plain(title), file, line: line || undefined }, plain(message, 1000)),
    )
  })
}

function gates(run: Run): Annotation[] {
  return run.gates
    .filter((gate) => gate.outcome !== 'passed' && (gateFails(gate, run) || !isLeftOut(gate)))
    .map((gate) => ({ ...gate, level: gateFails(gate, run) ? ('error' as const) : ('warning' as const) }))
    .map(({ level, name, outcome, message, file, line }) => ({
      level,
      title: `Performance gate ${outcome}: ${name}`,
      message,
      file,
      line,
    }))
}

/** Its case was not asked for, or is another shard's. */
const isLeftOut = ({ reason }: JudgedGate): boolean => reason === 'no_such_case' || reason === 'other_shard'

function failures(run: Run): Annotation[] {
  return run.cases.flatMap((one) =>
    one.state === 'failed'
      ? [{ level: 'error' as const, title: `Case failed: ${one.identity.id}`, message: one.errors[0]?.message ?? '', ...place(one) }]
      : [],
  )
}

function changes(run: Run): Annotation[] {
  const level = (comparison: Comparison): Annotation['level'] => (comparisonFails(comparison, run) ? 'error' : 'warning')
  const changed = run.cases.flatMap((one): Annotation[] => {
    const { comparison } = one
    const title = comparison && (comparison.verdict === 'regressed' ? 'Slower' : comparisonFails(comparison, run) ? 'Missing' : undefined)
    if (!title) return []
    return [{ level: level(comparison), title: `${title}: ${one.identity.id}`, message: standingText(comparison, 'here'), ...place(one) }]
  })
  const gone = run.missing.map(({ id, comparison }): Annotation => {
    return { level: level(comparison), title: `Missing: ${id}`, message: standingText(comparison, 'gone') }
  })
  return [...changed, ...gone]
}

function objectives({ slo, cases }: Run): Annotation[] {
  const byId = new Map(cases.map((one) => [one.identity.id, one]))
  return slo.violations.map((check) => {
    const one = byId.get(check.case)
    return {
      level: check.critical ? 'error' : 'warning',
      title: `Objective missed: ${check.slo}`,
      message: check.message,
      ...(one && place(one)),
    }
  })
}

/** What belongs to no case: files that do not load, shards that are missing, a baseline that cannot be used, an interruption. */
function outside({ errors, verdict: { reasons, reason_codes } }: Run): Annotation[] {
  const told = reason_codes
    ? reasons.filter((_, at) => reason_codes[at] === 'infrastructure' || reason_codes[at] === 'interrupted')
    : errors.map(({ message }) => `Outside of the cases something failed: ${message}`)
  return told.map((message) => ({ level: 'error', title: 'The run cannot count', message }))
}

function place({ identity }: Compared): Pick<Annotation, 'file' | 'line'> {
  return { file: identity.file, line: identity.line }
}
