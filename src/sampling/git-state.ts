import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Environment } from '../model/environment.ts'

type GitState = Pick<Environment, 'commit' | 'branch' | 'dirty'>

const run = promisify(execFile)

/** Where the checkout stands. Files that git does not know do not make it dirty: results of runs are among them. Null where there is no git. */
export async function gitState(root: string): Promise<GitState> {
  try {
    const { stdout } = await run('git', ['-C', root, 'status', '--porcelain=v2', '--branch', '--untracked-files=no'], {
      // Without it git would refresh its index file, beside somebody who commits.
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
      timeout: 5000,
      maxBuffer: 16 * 1024 * 1024,
    })
    const lines = stdout.split('\n').filter((line) => line !== '')
    const header = (name: string): string | null => {
      const value = lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3)
      // "(initial)" and "(detached)" say that there is none.
      return value === undefined || value.startsWith('(') ? null : value
    }
    return { commit: header('branch.oid'), branch: header('branch.head'), dirty: lines.some((line) => !line.startsWith('# ')) }
  } catch {
    return { commit: null, branch: null, dirty: null }
  }
}
