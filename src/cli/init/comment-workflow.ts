import { actions } from './actions.ts'
import { namesOf } from './names.ts'
import { managerOf } from './package-manager.ts'
import type { Project } from './project.ts'
import { nodeSteps, text, workingDirectory } from './workflow-parts.ts'

/**
 * The workflow that comments. It has the right to write comments, and therefore runs nothing of the pull request: it checks the default branch out,
 * installs that, and reads the figures of the other run as data. What is downloaded lies outside of the checkout.
 */
export function commentWorkflow(project: Project): string {
  const { installPlainly, execute } = managerOf(project)
  const { folder, slug, measuring, commenting, handedOver } = namesOf(project)
  return text([
    '# Written by vitest-perf init. It runs with rights, so it runs nothing of the pull request: docs/ci.md of vitest-perf.',
    `name: ${commenting}`,
    '',
    'on:',
    '  workflow_run:',
    `    workflows: [${measuring}]`,
    '    types: [completed]',
    '',
    'permissions: {}',
    '',
    'concurrency:',
    `  group: ${handedOver}-\${{ github.event.workflow_run.head_repository.id }}-\${{ github.event.workflow_run.head_branch }}`,
    '',
    'jobs:',
    '  comment:',
    "    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion != 'cancelled'",
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 10',
    '    permissions:',
    '      # To download the results of the other run, to check the default branch out, to comment.',
    '      actions: read',
    '      contents: read',
    '      pull-requests: write',
    ...workingDirectory(folder),
    '    steps:',
    '      - name: Take the results',
    '        id: results',
    '        # A run that could not measure has none, and there is nothing to say.',
    '        continue-on-error: true',
    `        uses: ${actions.download}`,
    '        with:',
    `          name: ${handedOver}`,
    `          path: \${{ runner.temp }}/${handedOver}`,
    '          run-id: ${{ github.event.workflow_run.id }}',
    '          github-token: ${{ github.token }}',
    ...onlyWithResults([
      `      - uses: ${actions.checkout}`,
      '        with:',
      '          persist-credentials: false',
      // Nothing is cached for a job with rights.
      ...nodeSteps({ ...project, locked: false }, folder),
      `      - run: ${installPlainly}`,
      '      - name: Write the comment',
      '        env:',
      '          GITHUB_TOKEN: ${{ github.token }}',
      `        run: ${execute} vitest-perf comment "$RUNNER_TEMP/${handedOver}"${slug === '' ? '' : ` --name ${slug}`}`,
    ]),
  ])
}

/** The steps with the condition that there is something to comment. */
function onlyWithResults(lines: readonly string[]): string[] {
  return lines.flatMap((line) => (line.startsWith('      - ') ? [line, "        if: steps.results.outcome == 'success'"] : [line]))
}
