import { setTimeout as wait } from 'node:timers/promises'
import type { z } from 'zod'
import { PerfError } from '../../model/error.ts'
import type { GitHubJob } from './event.ts'

export type Ask = <T>(method: 'GET' | 'POST' | 'PATCH', path: string, schema: z.ZodType<T>, body?: object) => Promise<T>

const attempts = 3

/** GitHub's REST API, as far as a comment needs it: below the repository of the job, with its token, which is in no message. */
export function apiOf({ api, repository, token }: Pick<GitHubJob, 'api' | 'repository' | 'token'>, pause = 500): Ask {
  return async (method, path, schema, body) => {
    const address = `${api}/repos/${repository}${path}`
    const request = {
      method,
      redirect: 'error' as const,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'vitest-perf',
        'x-github-api-version': '2022-11-28',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    }
    for (let attempt = 1; ; attempt++) {
      const answer = await once(address, request)
      if (typeof answer === 'object') {
        const parsed = schema.safeParse(answer.value)
        if (parsed.success) return parsed.data
        throw new PerfError('GITHUB_REFUSED', `${method} ${path}: GitHub answered with something else.`, { cause: parsed.error })
      }
      // A comment that was perhaps written is not written twice: it is found by its marker in the next run.
      const again = method !== 'POST' && attempt < attempts && (answer === 'no answer' || answer >= 500)
      if (!again) throw new PerfError('GITHUB_REFUSED', `${method} ${path}: ${answer === 'no answer' ? answer : `status ${answer}`}.`)
      await wait(pause * attempt)
    }
  }
}

async function once(address: string, request: RequestInit): Promise<{ readonly value: unknown } | number | 'no answer'> {
  try {
    const response = await fetch(address, { ...request, signal: AbortSignal.timeout(20_000) })
    return response.ok ? { value: (await response.json()) as unknown } : response.status
  } catch {
    return 'no answer'
  }
}
