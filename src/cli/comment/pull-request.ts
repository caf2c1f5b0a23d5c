import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { PerfError } from '../../model/error.ts'
import type { Ask } from './api.ts'
import type { MeasuringRun } from './event.ts'

const pull = z.object({
  state: z.string(),
  head: z.object({ sha: z.string(), ref: z.string(), repo: z.object({ full_name: z.string() }).nullable() }),
})

/** Anything may stand in a file that a branch wrote; it is a number, or it is nothing. */
export async function readNumber(path: string): Promise<number> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new PerfError('COMMENT_REFUSED', `The number of the pull request cannot be read from ${path}.`, { cause })
  })
  // What is wrong is not repeated: the file may be a link to another one.
  if (!/^[1-9]\d{0,9}\s*$/.test(text)) throw new PerfError('COMMENT_REFUSED', `${path} does not hold the number of a pull request.`)
  return Number(text)
}

/**
 * Whether the pull request of this number is the one that was measured. The number was written by the measured branch, which may name any; GitHub's own
 * event names repository, branch and commit.
 *
 * @returns why there is nothing to say about it any more; undefined where there is
 * @throws PerfError COMMENT_REFUSED where it is the pull request of another branch
 */
export async function outdated(number: number, run: MeasuringRun, ask: Ask): Promise<string | undefined> {
  const { state, head } = await ask('GET', `/pulls/${number}`, pull)
  if (run.repository === null || head.repo?.full_name !== run.repository || head.ref !== run.branch)
    throw new PerfError('COMMENT_REFUSED', `Pull request ${number} is not of the branch that was measured.`)
  if (state !== 'open') return `Pull request ${number} is closed.`
  return head.sha === run.commit ? undefined : `Pull request ${number} has newer commits: their run will comment.`
}
