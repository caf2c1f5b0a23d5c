import type { Compared, Run } from '../../src/model/run.ts'
import { plain } from '../../src/report/plain-text.ts'
import { changeText } from './change-text.ts'
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
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ name, severity, outcome, message, file, line }) => ({
      level: severity === 'Blocking' && (outcome !== 'undecided' || run.config.strict) ? 'error' : 'warning',
      title: `Performance gate ${outcome}: ${name}`,
      message,
      file,
      line,
    }))
}

function failures(run: Run): Annotation[] {
  return run.cases.flatMap((one) =>
    one.state === 'failed'
      ? [{ level: 'error' as const, title: `Case failed: ${one.identity.id}`, message: one.errors[0]?.message ?? '', ...place(one) }]
      : [],
  )
}

function changes(run: Run): Annotation[] {
  const level = run.config.fail_on_regression ? 'error' : 'warning'
  const slower = run.cases.flatMap((one): Annotation[] =>
    one.comparison?.verdict === 'regressed'
      ? [{ level, title: `Slower: ${one.identity.id}`, message: changeText(one.comparison), ...place(one) }]
      : [],
  )
  const gone = run.missing.map(({ id, comparison }): Annotation => {
    return {
      level: run.verdict.passed ? 'warning' : level,
      title: `Missing: ${id}`,
      message: `It has a value in ${comparison.against} and is not in this run.`,
    }
  })
  return [...slower, ...gone]
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

function outside(run: Run): Annotation[] {
  return run.errors.map(({ message }) => ({ level: 'error', title: 'Outside of the cases something failed', message }))
}

function place({ identity }: Compared): Pick<Annotation, 'file' | 'line'> {
  return { file: identity.file, line: identity.line }
}
