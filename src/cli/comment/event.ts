import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { PerfError } from '../../model/error.ts'

const sha = z.string().regex(/^[0-9a-f]{40,64}$/)

const workflowRun = z.object({
  workflow_run: z.object({
    event: z.string(),
    head_sha: sha,
    head_branch: z.string().nullable(),
    head_repository: z.object({ full_name: z.string() }).nullable(),
    html_url: z.url({ protocol: /^https?$/ }),
  }),
})

/** The run of another workflow, as GitHub itself tells it: nothing of it comes from the branch that was measured. */
export interface MeasuringRun {
  readonly event: string
  readonly commit: string
  readonly branch: string | null
  readonly repository: string | null
  readonly link: string
}

/** What the job of a `workflow_run` is told by the runner. */
export interface GitHubJob {
  readonly run: MeasuringRun
  /** `owner/name` of the repository that the comment belongs to. */
  readonly repository: string
  readonly api: string
  readonly token: string
}

/** @throws PerfError GITHUB_JOB where this is no such job */
export async function readJob(env: Readonly<Record<string, string | undefined>>): Promise<GitHubJob> {
  const {
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: path,
    GITHUB_REPOSITORY: repository = '',
    GITHUB_TOKEN: token,
    GITHUB_API_URL: api,
  } = env
  if (name !== 'workflow_run' || !path) throw wrong('GITHUB_EVENT_NAME and GITHUB_EVENT_PATH tell of no workflow_run')
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw wrong('GITHUB_REPOSITORY names no repository')
  if (!token) throw wrong('GITHUB_TOKEN is not set')
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw wrong('the event cannot be read', cause)
  })
  const parsed = workflowRun.safeParse(valueOf(text))
  if (!parsed.success) throw wrong('the event is not as GitHub writes it', parsed.error)
  const { event, head_sha, head_branch, head_repository, html_url } = parsed.data.workflow_run
  return {
    run: { event, commit: head_sha, branch: head_branch, repository: head_repository?.full_name ?? null, link: html_url },
    repository,
    api: api || 'https://api.github.com',
    token,
  }
}

const wrong = (reason: string, cause?: unknown): PerfError =>
  new PerfError('GITHUB_JOB', `There is nothing to comment on: ${reason}.`, { cause })

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
