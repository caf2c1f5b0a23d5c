import { relative, sep } from 'node:path'
import { actions } from './actions.ts'
import { managerOf } from './package-manager.ts'
import type { Project } from './project.ts'

/** Names by which the two workflows find each other. */
export const measuring = 'Performance benchmarking'
export const handedOver = 'performance-comment'

/**
 * A workflow for GitHub. A pull request is measured against its base on one machine; the main branch continues baseline and history, which live in the
 * cache. It may read the repository and nothing else, so it does the same for a pull request from a fork.
 */
export function workflow(project: Project): string {
  const { install, execute, script } = managerOf(project)
  const folder = folderOf(project)
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
    '    branches: [main, master]',
    '  pull_request:',
    '  workflow_dispatch:',
    '',
    'permissions:',
    '  contents: read',
    '',
    'concurrency:',
    '  group: performance-${{ github.event.pull_request.number || github.ref }}',
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
    '          # The merge of a pull request, and its first parent: the base that it is compared with.',
    '          fetch-depth: 2',
    '          persist-credentials: false',
    ...node(project, folder),
    `      - run: ${install}`,
    ...(project.build ? [`      - run: ${script} build`] : []),
    '      - name: Restore baseline and history',
    `        uses: ${actions.restore}`,
    '        with:',
    '          path: |',
    ...files,
    '          key: vitest-perf-${{ runner.os }}-${{ github.run_id }}-${{ github.run_attempt }}',
    '          restore-keys: vitest-perf-${{ runner.os }}-',
    `      - run: ${execute} vitest-perf doctor`,
    '      - name: Measure the pull request and compare it with its base',
    "        if: github.event_name == 'pull_request'",
    '        id: measured',
    `        run: ${ci}${against}`,
    '      - name: Measure, and continue the baseline',
    "        if: github.event_name != 'pull_request'",
    `        run: ${ci} --update-baseline`,
    '      - name: Keep baseline and history',
    `        if: always() && github.event_name != 'pull_request' && hashFiles('${inside('benchmark-results/history.ndjson')}') != ''`,
    `        uses: ${actions.save}`,
    '        with:',
    '          path: |',
    ...files,
    '          key: vitest-perf-${{ runner.os }}-${{ github.run_id }}-${{ github.run_attempt }}',
    `      - uses: ${actions.upload}`,
    '        if: always()',
    '        with:',
    '          name: benchmark-results',
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

/** The folder of the project in its repository, with `/`; empty where it is the repository. */
export function folderOf({ root, repository = root }: Project): string {
  return relative(repository, root).split(sep).join('/')
}

export function workingDirectory(folder: string): string[] {
  return folder === '' ? [] : ['    defaults:', '      run:', `        working-directory: ${quoted(folder)}`]
}

/** Node, and the package manager where it is another one. */
export function node(project: Project, folder: string): string[] {
  const cached = [`          cache: ${project.manager}`, ...(folder === '' ? [] : ["          cache-dependency-path: '**/*lock*'"])]
  return [
    ...managerOf(project).before,
    `      - uses: ${actions.setupNode}`,
    '        with:',
    '          node-version: 24',
    ...(project.locked ? cached : []),
  ]
}

/** A text of YAML in which nothing means anything. */
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

export const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`
