import { Connection } from './connection.ts'
import { openDirect } from './direct-wire.ts'
import type { Answer, EncodedRequest, Failure } from './exchange.ts'
import type { Target } from './target.ts'
import { timedOut } from './wire.ts'

/** Sends one request over a connection of its own. What becomes of it, or that more than `mostBytes` of body came. Ends early with `signal`. */
export async function firstAnswer(
  target: Target,
  request: EncodedRequest,
  limits: { readonly timeoutMs: number; readonly mostBytes: number; readonly signal: AbortSignal },
): Promise<Answer | Failure | 'too large'> {
  const { timeoutMs, mostBytes, signal } = limits
  return new Promise((resolve) => {
    const end = (outcome: Answer | Failure | 'too large'): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      connection.destroy()
      resolve(outcome)
    }
    const stop = (): void => end({ kind: 'connection', message: 'the load was stopped' })
    const timer = setTimeout(() => end(timedOut(timeoutMs)), timeoutMs)
    const connection = new Connection(
      target,
      {
        keepBody: () => 0,
        reading: (bodyBytes) => bodyBytes > mostBytes && end('too large'),
        connected: () => connection.send({ request, user: 0, due: performance.now(), reused: false, refused: false }),
        answered: (_exchange, answer) => end(answer),
        failed: (_exchange, failure) => end(failure),
        free: () => {},
        // Where the request was out, its failure is told next.
        closed: () => queueMicrotask(() => end({ kind: 'connection', message: connection.reason })),
      },
      openDirect,
      timeoutMs,
    )
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
  })
}
