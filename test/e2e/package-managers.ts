import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Package managers that are npm packages themselves. */
const managers = {
  pnpm: { packages: ['pnpm@10'], lock: 'pnpm-lock.yaml', install: ['pnpm', 'install', '--offline'] },
  'yarn 1': { packages: ['yarn@1'], lock: 'yarn.lock', install: ['yarn', 'install', '--offline'] },
  'yarn 4': { packages: ['@yarnpkg/cli-dist@4'], lock: 'yarn.lock', install: ['yarn', 'install'] },
  bun: { packages: ['bun@1'], lock: 'bun.lock', install: ['bun', 'install'] },
} as const satisfies Record<string, { packages: readonly string[]; lock: string; install: readonly [string, ...string[]] }>

export type ManagerName = keyof typeof managers
export const managerNames = Object.keys(managers) as ManagerName[]

export interface Manager {
  readonly lock: string
  /** A PATH on which it comes first. */
  readonly path: string
  /** The lock file that it writes for these files of a project. */
  lockFor(files: Readonly<Record<string, string | Buffer>>): Promise<string>
}

const cache = join(import.meta.dirname, '../../node_modules/.cache/vitest-perf-test-managers')

/** Installed once, into a cache; `undefined` where it is not to be had, without a network for one. */
export async function packageManager(name: ManagerName): Promise<Manager | undefined> {
  const { packages, lock, install } = managers[name]
  const folder = join(cache, name.replace(' ', '-'))
  const bin = join(folder, 'node_modules/.bin')
  const [command, ...args] = install
  const path = [bin, process.env['PATH']].join(delimiter)
  // Under CI yarn 4 and pnpm refuse to write the lock file that is asked of them here.
  const env = { ...process.env, PATH: path, npm_config_user_agent: '', CI: '', YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' }
  try {
    if (!existsSync(join(bin, command))) {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, 'package.json'), '{ "private": true }')
      const npm = ['install', '--no-audit', '--no-fund', '--no-package-lock', ...packages]
      await run('npm', npm, { cwd: folder, timeout: 120_000 })
    }
    await run(join(bin, command), ['--version'], { cwd: tmpdir(), env, timeout: 60_000 })
  } catch {
    return undefined
  }
  return {
    lock,
    path,
    async lockFor(files) {
      const scratch = await mkdtemp(join(tmpdir(), 'vitest-perf-lock-'))
      try {
        for (const [file, text] of Object.entries(files)) await writeFile(join(scratch, file), text)
        await run(join(bin, command), args, { cwd: scratch, env, timeout: 120_000 })
        return await readFile(join(scratch, lock), 'utf8')
      } finally {
        await rm(scratch, { recursive: true, force: true })
      }
    },
  }
}
