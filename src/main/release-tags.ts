import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { History } from '../baseline/history.ts'

const run = promisify(execFile)

/** `v1.2.3`, `1.2.3`, `v1.2`, and those of a package of a monorepo: `name@1.2.3`, `name-v1.2.3`, `name/1.2.3`. A pre-release is none. */
const releaseName = /^(?:.*[@/-])?(?:v?\d+\.\d+\.\d+|v\d+\.\d+)$/

/** Tags of releases by the commit that they point at: the newest that has a version. None where this is no repository, or has no tags here. */
export async function releaseTags(root: string): Promise<ReadonlyMap<string, string>> {
  const format = '%(refname:lstrip=2)%09%(objectname)%09%(*objectname)'
  const listed = ['for-each-ref', '--sort=-version:refname', `--format=${format}`, 'refs/tags']
  try {
    const { stdout } = await run('git', listed, { cwd: root, timeout: 5_000, maxBuffer: 64 * 1024 * 1024 })
    const tags = new Map<string, string>()
    for (const line of stdout.split('\n')) {
      const [tag = '', object = '', tagged = ''] = line.split('\t')
      // An annotated tag is an object of its own, which points at the commit.
      const commit = tagged || object
      if (releaseName.test(tag) && !tags.has(commit)) tags.set(commit, tag)
    }
    return tags
  } catch {
    return new Map()
  }
}

/** With the releases that were tagged after their commit had been measured, as most are. */
export function withReleases(history: History, tags: ReadonlyMap<string, string>): History {
  if (tags.size === 0) return history
  const machines = history.machines.map((machine) => ({
    ...machine,
    runs: machine.runs.map((head) => {
      const release = head.release ?? (head.commit === null ? undefined : tags.get(head.commit))
      return release === undefined ? head : { ...head, release }
    }),
  }))
  return { ...history, machines }
}
