import { placeText } from '../../src/model/error.ts'
import type { Compared, JudgedGate, Run } from '../../src/model/run.ts'
import { comparisonFails, gateFails } from '../../src/report/failing.ts'
import { metricTexts } from '../../src/report/metric-text.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { standingText } from '../github/change-text.ts'
import { element, xmlDocument, type Element } from './xml.ts'

/**
 * JUnit XML as Jenkins, GitLab and Azure read it: a suite for each file, one for the gates, one for the objectives, one for cases that
 * the baseline has and the run has not, and one with the verdict. What fails the run fails its test here; its figures are in `system-out`.
 */
export const junit = {
  file: 'junit.xml',
  render: ({ run }) => {
    const suites = [...filesOf(run), ...gatesOf(run), ...objectivesOf(run), ...missingOf(run), verdictOf(run)]
    const totals = sum(suites.flatMap(({ tests }) => tests))
    return xmlDocument(
      element(
        'testsuites',
        { name: run.project ?? 'vitest-perf', ...totals, skipped: undefined, time: seconds(run.duration_ms) },
        suites.map((suite, id) => suiteOf(suite, id, run)),
      ),
    )
  },
} satisfies Reporter

interface Test {
  readonly name: string
  readonly classname: string
  readonly ms: number
  readonly outcome: 'passed' | 'failures' | 'errors' | 'skipped'
  readonly children: readonly Element[]
}
interface Suite {
  readonly name: string
  readonly tests: readonly Test[]
}

function suiteOf({ name, tests }: Suite, id: number, run: Run): Element {
  const timestamp = new Date(run.started_at).toISOString().slice(0, 19)
  const time = seconds(tests.reduce((total, { ms }) => total + ms, 0))
  return element('testsuite', { name, id, timestamp, ...sum(tests), time }, tests.map(testOf))
}

const testOf = ({ name, classname, ms, children }: Test): Element => element('testcase', { name, classname, time: seconds(ms) }, children)

function sum(tests: readonly Test[]): Record<'tests' | 'failures' | 'errors' | 'skipped', number> {
  const count = (outcome: Test['outcome']): number => tests.filter((test) => test.outcome === outcome).length
  return { tests: tests.length, failures: count('failures'), errors: count('errors'), skipped: count('skipped') }
}

// At most three digits before the point in a group: what Surefire's schema allows without commas is any number of them.
const seconds = (ms: number): string => (ms / 1000).toFixed(3)

function filesOf(run: Run): Suite[] {
  const files = [...new Set(run.cases.map(({ identity }) => identity.file))]
  return files.map((file) => ({
    name: file,
    tests: run.cases.filter(({ identity }) => identity.file === file).map((one) => caseOf(one, run)),
  }))
}

function caseOf(one: Compared, run: Run): Test {
  const { identity } = one
  const who = { name: identity.id, classname: [identity.file, identity.suite].filter(Boolean).join('.') }
  switch (one.state) {
    case 'measured': {
      const failure = failureOf(one, run)
      const standing = one.comparison?.findings.some(({ code }) => code === 'regression_waived')
        ? [standingText(one.comparison, 'here')]
        : []
      const figures = metricTexts(one).map(({ name, value, interval }) => `${name}: ${value}${interval.length > 1 ? ` (${interval})` : ''}`)
      return {
        ...who,
        ms: one.duration_ms,
        outcome: failure.length > 0 ? 'failures' : 'passed',
        children: [...failure, output([...standing, ...figures])],
      }
    }
    case 'failed': {
      const [error] = one.errors
      const text = `${placeText(identity)}\n${error?.stack ?? error?.message ?? ''}`
      return {
        ...who,
        ms: 0,
        outcome: 'errors',
        children: [element('error', { type: error?.code ?? 'Error', message: error?.message ?? '' }, [text])],
      }
    }
    case 'skipped':
    case 'not_applicable': {
      const failure = failureOf(one, run)
      if (failure.length > 0) return { ...who, ms: 0, outcome: 'failures', children: failure }
      return { ...who, ms: 0, outcome: 'skipped', children: [element('skipped', { message: one.reason })] }
    }
  }
}

function failureOf({ identity, comparison }: Compared, run: Run): Element[] {
  if (!comparison || !comparisonFails(comparison, run)) return []
  const type = comparison.verdict === 'missing' ? 'missing' : 'regression'
  return [element('failure', { type, message: standingText(comparison, 'here') }, [placeText(identity)])]
}

const output = (lines: readonly string[]): Element => element('system-out', {}, [lines.join('\n')])

function gatesOf(run: Run): Suite[] {
  return run.gates.length === 0 ? [] : [{ name: 'performance gates', tests: run.gates.map((gate) => gateOf(gate, gateFails(gate, run))) }]
}

function gateOf({ name, metric, outcome, message }: JudgedGate, fails: boolean): Test {
  const told = message || `${metric}: ${outcome}`
  const children = fails ? [element('failure', { type: `gate ${outcome}`, message: told })] : [output([told])]
  return { name: `${name} (${metric})`, classname: 'gates', ms: 0, outcome: fails ? 'failures' : 'passed', children }
}

function objectivesOf({ slo }: Run): Suite[] {
  if (slo.checks.length === 0) return []
  const tests = slo.checks.map((check): Test => {
    const children =
      check.critical && !check.met ? [element('failure', { type: 'slo', message: check.message })] : [output([check.message])]
    return {
      name: `${check.slo} (${check.case})`,
      classname: 'objectives',
      ms: 0,
      outcome: check.critical && !check.met ? 'failures' : 'passed',
      children,
    }
  })
  return [{ name: 'service level objectives', tests }]
}

function missingOf(run: Run): Suite[] {
  if (run.missing.length === 0) return []
  const tests = run.missing.map(({ id, comparison }): Test => {
    const fails = comparisonFails(comparison, run)
    const message = standingText(comparison, 'gone')
    const children = [element(fails ? 'failure' : 'skipped', { message, ...(fails && { type: 'missing' }) })]
    return { name: id, classname: 'baseline', ms: 0, outcome: fails ? 'failures' : 'skipped', children }
  })
  return [{ name: 'baseline', tests }]
}

/** What fails a run as a whole has no case: files that do not load, shards that are missing, an interruption. Here it fails a test all the same. */
function verdictOf({ verdict: { passed, exit_reason, reasons } }: Run): Suite {
  const [first = exit_reason] = reasons
  const children = passed ? [output(reasons)] : [element('failure', { type: exit_reason, message: first }, [reasons.join('\n')])]
  return { name: 'run', tests: [{ name: 'verdict', classname: 'run', ms: 0, outcome: passed ? 'passed' : 'failures', children }] }
}
