import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The tag of the release that is checked out: the newest that points at this very commit and starts with a version. */
export async function releaseTag(root: string): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', ['tag', '--points-at', 'HEAD', '--sort=-version:refname'], { cwd: root, timeout: 5_000 })
    return stdout.split('\n').find((tag) => /^[^\d]*\d+\.\d+/.test(tag))
  } catch {
    return undefined
  }
}
