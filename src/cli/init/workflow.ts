import { actions } from './actions.ts'
import { namesOf } from './names.ts'
import { managerOf } from './package-manager.ts'
import type { Project } from './project.ts'
import { nodeSteps, quoted, text, workingDirectory } from './workflow-parts.ts'

/** Only a whole run of a branch continues what is stored: that of a merge queue may never become a commit of it. */
const continuing = "github.event_name == 'push' || github.event_name == 'workflow_dispatch'"

/**
 * A workflow for GitHub. A pull request is measured against its base on one machine; the main branch continues baseline and history, which live in the
 * cache. It may read the repository and nothing else, so it does the same for a pull request from a fork.
 */
export function workflow(project: Project): string {
  const { install, execute, script } = managerOf(project)
  const { folder, slug, measuring, results, handedOver, cache } = namesOf(project)
  const inside = (path: string): string => (folder === '' ? path : `${folder}/${path}`)
  const files = ['baseline.json', 'history.ndjson'].map((file) => `            ${inside(`benchmark-results/${file}`)}`)
  const ci = `${execute} vitest-perf ci --config benchmark-config.json --export junit`
  const build = project.build ? ` --setup "${script} build"` : ''
  const against = project.plugAndPlay ? '' : ` --against HEAD^1 --budget 15m${build}`
  return text([
    '# Written by vitest-perf init. docs/ci.md of vitest-perf says what each part is for.',
    `name: ${measuring}`,
    '',
    'on:',
    '  push:',
    `    branches: [${project.branches.map(plainOrQuoted).join(', ')}]`,
    '  pull_request:',
    '  merge_group:',
    '  workflow_dispatch:',
    '    inputs:',
    '      accept:',
    `        description: 'Slower cases to take as the new level: ids, "*" for any characters'`,
    '      reason:',
    '        description: Why that change is meant (kept in the baseline)',
    '',
    'permissions:',
    '  contents: read',
    '',
    'concurrency:',
    `  group: performance-${slug === '' ? '' : `${slug}-`}\${{ github.event.pull_request.number || github.ref }}`,
    '  # A newer commit of a pull request replaces the run; on the main branch a run that has begun becomes a point of the history.',
    "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
    '',
    'jobs:',
    '  benchmarks:',
    '    runs-on: ubuntu-latest',
    '    timeout-minutes: 60',
    ...workingDirectory(folder),
    '    steps:',
    `      - uses: ${actions.checkout}`,
    '        with:',
    '          # The merge of a pull request, and its first parent: the base that it is compared with. On a branch every commit without its files,',
    '          # for the tags of releases.',
    "          fetch-depth: ${{ github.event_name == 'pull_request' && 2 || 0 }}",
    "          filter: ${{ github.event_name != 'pull_request' && 'blob:none' || '' }}",
    '          persist-credentials: false',
    ...nodeSteps(project, folder),
    `      - run: ${install}`,
    ...(project.build ? [`      - run: ${script} build`] : []),
    '      - name: Restore baseline and history',
    `        uses: ${actions.restore}`,
    '        with:',
    '          path: |',
    ...files,
    `          key: ${cache}-\${{ runner.os }}-\${{ github.run_id }}-\${{ github.run_attempt }}`,
    `          restore-keys: ${cache}-\${{ runner.os }}-`,
    `      - run: ${execute} vitest-perf doctor`,
    '      - name: Measure the pull request and compare it with its base',
    "        if: github.event_name == 'pull_request'",
    '        id: measured',
    `        run: ${ci}${against}`,
    '      - name: Measure what is about to be merged',
    "        if: github.event_name == 'merge_group'",
    `        run: ${ci}`,
    '      - name: Measure, and continue the baseline',
    `        if: ${continuing}`,
    '        # What is slower fails the run, unless the next step takes it.',
    "        continue-on-error: ${{ inputs.accept != '' }}",
    `        run: ${ci} --update-baseline`,
    '      - name: Accept a change that is meant',
    "        if: inputs.accept != ''",
    '        env:',
    '          CASES: ${{ inputs.accept }}',
    '          REASON: ${{ inputs.reason }}',
    `        run: ${execute} vitest-perf baseline accept "$CASES" --reason "$REASON"`,
    '      - name: Keep baseline and history',
    `        if: always() && (${continuing}) && hashFiles('${inside('benchmark-results/history.ndjson')}') != ''`,
    `        uses: ${actions.save}`,
    '        with:',
    '          path: |',
    ...files,
    `          key: ${cache}-\${{ runner.os }}-\${{ github.run_id }}-\${{ github.run_attempt }}`,
    `      - uses: ${actions.upload}`,
    '        if: always()',
    '        with:',
    `          name: ${results}`,
    `          path: ${quoted(inside('benchmark-results'))}`,
    '          overwrite: true',
    '      # A pull request may not comment. What another workflow needs for it is kept: the figures, and a number that it checks.',
    '      - name: Hand the results over',
    "        if: always() && github.event_name == 'pull_request' && steps.measured.outputs.results != ''",
    '        id: handed',
    '        env:',
    '          RESULTS: ${{ steps.measured.outputs.results }}',
    '          NUMBER: ${{ github.event.pull_request.number }}',
    '        run: |',
    `          mkdir -p "$RUNNER_TEMP/${handedOver}"`,
    `          cp "$RESULTS" "$RUNNER_TEMP/${handedOver}/benchmark_results.json"`,
    `          echo "$NUMBER" > "$RUNNER_TEMP/${handedOver}/pull-request.txt"`,
    `      - uses: ${actions.upload}`,
    "        if: always() && steps.handed.outcome == 'success'",
    '        with:',
    `          name: ${handedOver}`,
    `          path: \${{ runner.temp }}/${handedOver}`,
    '          overwrite: true',
    '          retention-days: 7',
  ])
}

const plainOrQuoted = (branch: string): string => (/^[A-Za-z][\w/.-]*$/.test(branch) ? branch : quoted(branch))
