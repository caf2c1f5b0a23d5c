import { execFileSync } from 'node:child_process'

/** What most repositories call it; a branch that is not there costs a workflow nothing. */
const usual = ['main', 'master']

/** The branches that continue baseline and history: the default branch of the origin, or the only one that there is; else the usual names. */
export function mainBranches(repository: string | undefined): readonly string[] {
  if (repository === undefined) return usual
  const origin = git(repository, ['symbolic-ref', '--short', 'refs/remotes/origin/HEAD']).replace(/^origin\//, '')
  if (origin !== '') return usual.includes(origin) ? usual : [origin]
  const branches = git(repository, ['for-each-ref', '--format=%(refname:short)', 'refs/heads']).split('\n').filter(Boolean)
  const [only] = branches.length > 0 ? branches : [git(repository, ['symbolic-ref', '--short', 'HEAD'])].filter(Boolean)
  return only === undefined || branches.length > 1 || usual.includes(only) ? usual : [only]
}

/** What git says, or nothing where there is no git or no answer. */
function git(cwd: string, args: readonly string[]): string {
  try {
    return execFileSync('git', args, { cwd, encoding: 'utf8', timeout: 5_000, stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return ''
  }
}
