import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'

interface Flags {
  readonly pullRequest?: string
  readonly name: string
}

/** `vitest-perf comment`: the summary of a run that another workflow measured, as one comment of its pull request. */
export const comment: Command = new Command('comment')
  .description('under GitHub Actions: keep one comment with the summary of a measured pull request')
  .argument('<results>', 'folder with benchmark_results.json')
  .option('--pull-request <file>', 'holds the number of the pull request (<results>/pull-request.txt)')
  .option('--name <name>', 'tells the comments of several projects apart', name, 'benchmarks')
  .action(async (results: string, { pullRequest = join(results, 'pull-request.txt'), name }: Flags) => {
    const [
      { readJob },
      { apiOf },
      { outdated, readNumber },
      { postSticky },
      { commentBody },
      { parseResults },
      { reportOf },
      { readFile },
    ] = await Promise.all([
      import('./comment/event.ts'),
      import('./comment/api.ts'),
      import('./comment/pull-request.ts'),
      import('./comment/sticky.ts'),
      import('../../reporters/github/comment.ts'),
      import('../report/parse-results.ts'),
      import('../report/reporter.ts'),
      import('node:fs/promises'),
    ])
    const job = await readJob(process.env)
    const { run } = job
    const say = (text: string): void => void process.stdout.write(`${text}\n`)
    if (run.event !== 'pull_request') return say(`Nothing to comment on: the run was started by ${run.event}.`)
    const number = await readNumber(pullRequest)
    const ask = apiOf(job)
    const reason = await outdated(number, run, ask)
    if (reason !== undefined) return say(reason)
    const file = join(results, 'benchmark_results.json')
    const stored = parseResults(await readFile(file, 'utf8'), file)
    const body = await commentBody(reportOf(stored.run), { name, link: run.link, commit: run.commit })
    return say(`${await postSticky(number, name, body, ask)} the comment of pull request ${number}`)
  })

function name(text: string): string {
  if (/^[\w-]{1,50}$/.test(text)) return text
  throw new InvalidArgumentError('It must be made of letters, digits, "-" and "_".')
}
