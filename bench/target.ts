import { bench, notApplicable, type CheckedResponse, type RequestSpec, type RunningServer } from 'vitest-perf'
import { queries, type Query } from 'vitest-perf/fixtures'

type Use<Value> = (value: Value) => Promise<void>
interface WithServer {
  readonly server: RunningServer
}

/** A role that the server knows. */
export const role = process.env['TERRAPHIM_BENCH_ROLE'] ?? 'Default'

/** Somebody's own server holds documents of its own, so its owner names terms that are found in them: `TERRAPHIM_BENCH_TERMS=rust,async,tokio`. */
const ownTerms = process.env['TERRAPHIM_SERVER_URL']
  ? (process.env['TERRAPHIM_BENCH_TERMS'] ?? '').split(',').flatMap((term) => term.trim() || [])
  : []

/** Queries that find something: of the corpus of the reference server, or of the terms that were named. */
export function findable(kind: 'simple' | 'complex', count: number, documents = 10_000): readonly Pick<Query, 'terms' | 'operator'>[] {
  if (ownTerms.length > 0) {
    return ownTerms.map((term, index) => ({
      terms: kind === 'simple' ? [term] : [term, ownTerms[(index + 1) % ownTerms.length] ?? term],
      operator: 'or',
    }))
  }
  return [...new Map(queries({ count, documents, kinds: [kind] }).map((query) => [query.text, query])).values()]
}

export function findableTerms(count: number, documents?: number): readonly string[] {
  return findable('simple', count, documents).map(({ terms: [term = ''] }) => term)
}

/** A server that was started elsewhere is somebody's own, with its own documents and perhaps without some routes. */
export function isForeign(server: RunningServer): boolean {
  return server.pid === 0
}

/** For cases about a route that a server of somebody's own may lack: it is asked once, and where it does not answer well, they do not apply. */
export function offering(request: RequestSpec, check: (response: CheckedResponse) => unknown) {
  return bench.extend({
    server: async ({ server }: WithServer, use: Use<RunningServer>) => {
      if (isForeign(server)) {
        const answer = await ask(server, request)
        const what = `${request.method ?? 'GET'} ${request.path}`
        if (!isGood(answer, check)) {
          const shown = answer.text().replace(/\s+/g, ' ').slice(0, 120)
          notApplicable(
            `the server at ${server.url} answers ${what} with ${answer.status} ${shown}: set it up, name TERRAPHIM_BENCH_TERMS that it finds, or unset TERRAPHIM_SERVER_URL`,
          )
        }
      }
      await use(server)
    },
  })
}

/** For cases that change what the server holds: somebody's own server is spared unless its owner says otherwise. */
export const changing = bench.extend({
  server: async ({ server }: WithServer, use: Use<RunningServer>) => {
    spare(server)
    await use(server)
  },
})

export function spare(server: RunningServer): void {
  if (isForeign(server) && process.env['TERRAPHIM_BENCH_DESTRUCTIVE'] !== '1')
    notApplicable(`it changes what the server at ${server.url} holds: set TERRAPHIM_BENCH_DESTRUCTIVE=1 to allow that`)
}

/** For cases about servers that are started, limited or killed here. */
export function needsOwnServers(): void {
  if (process.env['TERRAPHIM_SERVER_URL'])
    notApplicable('it starts servers of its own, and TERRAPHIM_SERVER_URL names one that runs already: unset TERRAPHIM_SERVER_URL')
}

/** One request, answered as a check sees it. */
export async function ask(server: RunningServer, { method = 'GET', path, headers = {}, body }: RequestSpec): Promise<CheckedResponse> {
  const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } }
  const response = await fetch(server.url + path, { method, headers, ...json })
  const text = await response.text()
  return { status: response.status, headers: Object.fromEntries(response.headers), text: () => text, json: () => JSON.parse(text) }
}

function isGood(answer: CheckedResponse, check: (response: CheckedResponse) => unknown): boolean {
  try {
    return answer.status < 400 && check(answer) !== false
  } catch {
    return false
  }
}
