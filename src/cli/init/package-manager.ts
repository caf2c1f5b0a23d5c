import { actions } from './actions.ts'
import type { Project } from './project.ts'

/** How a job installs a project and runs its programs. */
export interface Manager {
  /** Steps before Node is set up. */
  readonly before: readonly string[]
  readonly install: string
  /** The same without the scripts of packages, for a job that has rights. */
  readonly installPlainly: string
  readonly execute: string
  readonly script: string
}

export function managerOf({ manager, locked, classicYarn }: Project): Manager {
  switch (manager) {
    case 'pnpm': {
      const install = locked ? 'pnpm install --frozen-lockfile' : 'pnpm install'
      const before = [`      - uses: ${actions.setupPnpm}`]
      return { before, install, installPlainly: `${install} --ignore-scripts`, execute: 'pnpm exec', script: 'pnpm run' }
    }
    case 'yarn': {
      if (classicYarn) {
        // It reads neither YARN_ENABLE_SCRIPTS nor --immutable, and says nothing of it.
        const install = 'yarn install --frozen-lockfile'
        return { before: [], install, installPlainly: `${install} --ignore-scripts`, execute: 'yarn run', script: 'yarn run' }
      }
      const install = locked ? 'yarn install --immutable' : 'yarn install'
      const before = ['      - run: corepack enable']
      return { before, install, installPlainly: `YARN_ENABLE_SCRIPTS=0 ${install}`, execute: 'yarn run', script: 'yarn run' }
    }
    case 'npm': {
      const install = locked ? 'npm ci' : 'npm install'
      return { before: [], install, installPlainly: `${install} --ignore-scripts`, execute: 'npx', script: 'npm run' }
    }
  }
}
