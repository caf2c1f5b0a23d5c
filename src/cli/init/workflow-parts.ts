import { actions } from './actions.ts'
import { managerOf } from './package-manager.ts'
import type { Project } from './project.ts'

export function workingDirectory(folder: string): string[] {
  return folder === '' ? [] : ['    defaults:', '      run:', `        working-directory: ${quoted(folder)}`]
}

/** Node, and the package manager where it is another one. */
export function nodeSteps(project: Project, folder: string): string[] {
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
export const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

export const text = (lines: readonly string[]): string => `${lines.join('\n')}\n`
