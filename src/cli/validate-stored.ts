import { terminalSummary } from '../../reporters/terminal/summary.ts'
import { terminalOf } from '../../reporters/terminal/terminal-of.ts'
import { judge } from '../gates/judge.ts'
import { readBenchmarkConfig } from '../gates/parse-config.ts'
import type { Run, Verdict } from '../model/run.ts'
import { reportOf } from '../report/reporter.ts'
import { readStoredRun } from './stored-run.ts'
import { uncompared } from './uncompared.ts'

export interface ValidateOptions {
  readonly sloConfig: string | undefined
  readonly strict: boolean
}

/** The stored run, judged anew by gates and objectives. Comparisons stay out of it: those are the business of `compare`. */
export async function validateStored(input: string, { sloConfig, strict }: ValidateOptions): Promise<Run> {
  const run = await readStoredRun(input)
  const given = sloConfig === undefined ? run.config : await readBenchmarkConfig(sloConfig)
  const config = { ...given, strict: given.strict || strict }
  const compared = { cases: uncompared(run.cases), missing: [], trends: run.trends, findings: [] }
  const judged = judge(
    compared,
    { ...config, fail_on_regression: false },
    {
      errors: run.errors,
      interrupted: run.verdict.exit_reason === 'interrupted',
      ...(run.infrastructure ? { infrastructure: run.infrastructure } : {}),
    },
  )
  const verdict = decided({ ...run, slo: judged.slo, gates: judged.gates, verdict: judged.verdict }, strict)
  return { ...run, config, ...compared, gates: judged.gates, slo: judged.slo, findings: judged.findings, verdict }
}

/** Strict: what is only remarked otherwise fails. Where nothing could be checked, nothing was validated. */
function decided({ slo, gates, verdict }: Pick<Run, 'slo' | 'gates' | 'verdict'>, strict: boolean): Verdict {
  if (!verdict.passed) return verdict
  if (strict && slo.violations.length > 0) return { ...verdict, passed: false, exit_reason: 'slo' }
  if (slo.checks.length > 0 || gates.length > 0) return verdict
  const reason = 'Nothing was validated: there is no gate, and no case of this run answers an objective.'
  return { passed: false, exit_reason: 'slo', reasons: [reason, ...slo.not_checked.map(({ slo: name, reason: why }) => `${name}: ${why}`)] }
}

export function validationText(run: Run): string {
  return `${terminalSummary(reportOf(run).view, terminalOf(process.stdout, process.env))}\n`
}
