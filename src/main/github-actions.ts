import { appendFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vitest } from 'vitest/node'
import { annotationsOf } from '../../reporters/github/annotations.ts'
import { outputLine } from '../../reporters/github/commands.ts'
import { jobSummary, summaryLimit } from '../../reporters/github/job-summary.ts'
import type { Published } from '../report/publish.ts'
import type { Report } from '../report/reporter.ts'

export interface GitHubOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Writes a line to the log of the step. */
  readonly log: (line: string) => void
  /** Vitest has annotated the cases that failed already. */
  readonly vitestAnnotates: boolean
}

export function gitHubOf(vitest: Vitest, env: GitHubOptions['env']): GitHubOptions {
  return { env, log: (line) => vitest.logger.log(line), vitestAnnotates: vitest.config.reporters.some(isGitHubReporter) }
}

/**
 * Under GitHub Actions: annotations, a job summary and outputs of the step. Files of the runner and lines of the log only, no token: it
 * works in the same way for a pull request from a fork.
 *
 * @returns why a part of it could not be done
 */
export async function tellGitHub(report: Report, published: Published | undefined, options: GitHubOptions): Promise<string | undefined> {
  const { env, log, vitestAnnotates } = options
  if (env['GITHUB_ACTIONS'] !== 'true') return undefined
  for (const line of annotationsOf(report.run, { failedCases: !vitestAnnotates })) log(line)
  try {
    await summarise(report, env['GITHUB_STEP_SUMMARY'])
    await writeOutputs(report, published, env['GITHUB_OUTPUT'])
    return undefined
  } catch (error) {
    return `GitHub was not told everything: ${(error as Error).message}`
  }
}

async function summarise(report: Report, path: string | undefined): Promise<void> {
  if (!path) return
  // Others of this step may have left their last line open.
  const text = `\n\n${await jobSummary(report)}\n`
  const there = await stat(path).then(
    ({ size }) => size,
    () => 0,
  )
  // One byte too many, and what earlier commands of this step wrote would be lost with ours.
  if (there + Buffer.byteLength(text) < summaryLimit) await appendFile(path, text)
}

async function writeOutputs({ run, view }: Report, published: Published | undefined, path: string | undefined): Promise<void> {
  if (!path) return
  const file = (name: string): string => (published?.files.includes(name) ? join(published.folder, name) : '')
  const outputs = {
    passed: String(run.verdict.passed),
    exit_reason: run.verdict.exit_reason,
    headline: view.verdict.sentence,
    results: file('benchmark_results.json'),
    report: file('benchmark_report.html'),
    summary: file('benchmark_summary.md'),
  }
  await appendFile(
    path,
    Object.entries(outputs)
      .map(([name, value]) => outputLine(name, value))
      .join(''),
  )
}

/** Vitest adds it by itself where no reporters are configured. */
function isGitHubReporter(reporter: Vitest['config']['reporters'][number]): boolean {
  const name = Array.isArray(reporter) ? reporter[0] : reporter
  return name === 'github-actions' || (typeof name === 'object' && name.constructor.name === 'GithubActionsReporter')
}
