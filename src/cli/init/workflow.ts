import { relative, sep } from 'node:path'
import type { Project } from './project.ts'

interface Steps {
  readonly before: readonly string[]
  readonly install: string
  readonly execute: string
}

/** A workflow for GitHub that runs the benchmarks and keeps their reports. It needs no permission beyond reading. */
export function workflow(project: Project): string {
  const { manager, locked, root, repository = root } = project
  const { before, install, execute } = stepsOf(project)
  const folder = relative(repository, root).split(sep).join('/')
  const results = folder === '' ? 'benchmark-results' : `${folder}/benchmark-results`
  const lines = [
    'name: Performance benchmarking',
    '',
    'on:',
    '  push:',
    '    branches: [main, master]',
    '  pull_request:',
    '',
    'permissions:',
    '  contents: read',
    '',
    'jobs:',
    '  benchmarks:',
    '    runs-on: ubuntu-latest',
    ...(folder === '' ? [] : ['    defaults:', '      run:', `        working-directory: ${JSON.stringify(folder)}`]),
    '    steps:',
    '      - uses: actions/checkout@v4',
    ...before,
    '      - uses: actions/setup-node@v4',
    '        with:',
    '          node-version: 24',
    ...(locked ? [`          cache: ${manager}`, ...(folder === '' ? [] : ["          cache-dependency-path: '**/*lock*'"])] : []),
    `      - run: ${install}`,
    `      - run: ${execute} vitest-perf doctor`,
    `      - run: ${execute} vitest-perf ci --config benchmark-config.json --export junit`,
    '      - uses: actions/upload-artifact@v4',
    '        if: always()',
    '        with:',
    '          name: benchmark-results',
    `          path: ${JSON.stringify(results)}`,
  ]
  return `${lines.join('\n')}\n`
}

function stepsOf({ manager, locked }: Project): Steps {
  switch (manager) {
    case 'pnpm':
      return { before: ['      - uses: pnpm/action-setup@v4'], install: 'pnpm install --frozen-lockfile', execute: 'pnpm exec' }
    case 'yarn':
      return { before: ['      - run: corepack enable'], install: 'yarn install --immutable', execute: 'yarn run' }
    case 'npm':
      return { before: [], install: locked ? 'npm ci' : 'npm install', execute: 'npx' }
  }
}
