import type { Answer, Request } from './messages.ts'
import type { Session } from './session.ts'
import { openSession } from './session.ts'

/**
 * The sampling process: a child of the one that measures, so that it neither takes time from a timed body nor waits for it. It serves
 * one session after another, and ends with its parent: a closed channel is all the notice that a killed parent gives.
 */
const sessions = new Map<number, Promise<Session>>()

function answer(message: Answer): void {
  process.send?.(message)
}

async function handle(request: Request): Promise<void> {
  switch (request.type) {
    case 'start': {
      const opening = openSession(request.options)
      sessions.set(request.session, opening)
      await opening
      return answer({ type: 'started', session: request.session })
    }
    case 'add':
      return (await sessions.get(request.session))?.add(request.root)
    case 'apart':
      return (await sessions.get(request.session))?.apart(request.pid)
    case 'phase':
      return (await sessions.get(request.session))?.phase(request.name, request.at, request.hurried)
    case 'stop': {
      const session = await sessions.get(request.session)
      sessions.delete(request.session)
      if (session) answer({ type: 'stopped', session: request.session, sampled: await session.stop(request.at, request.hurried) })
      return
    }
  }
}

/** One request of a session after the other; sessions do not wait for each other. */
const queues = new Map<number, Promise<void>>()

process.on('message', (request: Request) => {
  const { session } = request
  const turn = (queues.get(session) ?? Promise.resolve())
    .then(() => handle(request))
    .catch((error: unknown) => answer({ type: 'failed', session, reason: error instanceof Error ? error.message : String(error) }))
    .finally(() => {
      if (request.type === 'stop') queues.delete(session)
    })
  queues.set(session, turn)
})
process.on('disconnect', () => process.exit())
// The terminal sends Ctrl-C to every process of the group; this one stays for the last figures until its parent goes.
process.on('SIGINT', () => {})
