import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * The branch that others start from: what the remote calls its own, else a local `main` or `master`. `undefined` where none can be told, as in a
 * checkout of one commit.
 */
export async function mainBranch(root: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(
      'git',
      ['-C', root, 'for-each-ref', '--format=%(refname) %(symref)', 'refs/remotes/origin/HEAD', 'refs/heads/main', 'refs/heads/master'],
      { timeout: 5_000 },
    )
    const refs = new Map(
      stdout.split('\n').map((line) => {
        const [name = '', target = ''] = line.split(' ')
        return [name, target] as const
      }),
    )
    const remote = refs.get('refs/remotes/origin/HEAD')
    if (remote) return remote.replace('refs/remotes/origin/', '')
    return ['main', 'master'].find((name) => refs.has(`refs/heads/${name}`))
  } catch {
    return undefined
  }
}
