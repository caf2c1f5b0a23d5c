import { z } from 'zod'
import { commentMarker } from '../../../reporters/github/comment.ts'
import type { Ask } from './api.ts'

const comment = z.object({ id: z.number(), body: z.string().nullish(), user: z.object({ type: z.string() }).nullish() })
const page = 100
/** Pages that are looked through for a comment of ours. */
const pages = 30

export type Posted = 'wrote' | 'updated' | 'left'

/** One comment for each name and pull request, which later runs rewrite. */
export async function postSticky(number: number, name: string, body: string, ask: Ask): Promise<Posted> {
  const own = await find(number, commentMarker(name), ask)
  if (!own) {
    await ask('POST', `/issues/${number}/comments`, comment, { body })
    return 'wrote'
  }
  if (own.body === body) return 'left'
  await ask('PATCH', `/issues/comments/${own.id}`, comment, { body })
  return 'updated'
}

/** Somebody may copy the marker into a comment of theirs: ours is written by a bot. */
async function find(number: number, marker: string, ask: Ask): Promise<z.infer<typeof comment> | undefined> {
  for (let at = 1; at <= pages; at++) {
    const found = await ask('GET', `/issues/${number}/comments?per_page=${page}&page=${at}`, z.array(comment))
    const own = found.find(({ body, user }) => user?.type === 'Bot' && (body ?? '').startsWith(marker))
    if (own || found.length < page) return own
  }
  return undefined
}
