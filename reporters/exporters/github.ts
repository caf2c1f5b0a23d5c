import type { Reporter } from '../../src/report/reporter.ts'
import { annotationsOf } from '../github/annotations.ts'
import { jobSummary } from '../github/job-summary.ts'

/** `::error` and `::warning` lines: printed in a step of a workflow, GitHub shows them at their lines. */
export const githubAnnotations = {
  file: 'github_annotations.txt',
  render: ({ run }) =>
    annotationsOf(run)
      .map((line) => `${line}\n`)
      .join(''),
} satisfies Reporter

/** For `>> "$GITHUB_STEP_SUMMARY"`. */
export const githubSummary = { file: 'github_summary.md', render: jobSummary } satisfies Reporter
