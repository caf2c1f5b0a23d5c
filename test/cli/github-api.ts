import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Comment {
  readonly id: number
  body: string
  readonly user: { readonly type: string }
}

export interface Pull {
  state: string
  head: { sha: string; ref: string; repo: { full_name: string } | null }
}

/** As much of GitHub's API as a comment meets: pull requests and their comments, in pages, for whoever has the token. */
export interface GitHub {
  readonly url: string
  readonly pulls: Map<number, Pull>
  readonly comments: Map<number, Comment[]>
  readonly requests: string[]
  /** Statuses of the next answers. */
  readonly failing: number[]
  close(): void
}

export async function github(token: string, repository = 'owner/project'): Promise<GitHub> {
  const pulls = new Map<number, Pull>()
  const comments = new Map<number, Comment[]>()
  const requests: string[] = []
  const failing: number[] = []
  let ids = 1000
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://localhost')
      requests.push(`${request.method} ${url.pathname}`)
      const send = (status: number, value: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      const failure = failing.shift()
      if (failure !== undefined) return send(failure, { message: 'no' })
      if (request.headers.authorization !== `Bearer ${token}`) return send(401, { message: 'Bad credentials' })
      const path = url.pathname.replace(`/repos/${repository}`, '')
      const body = text === '' ? '' : (JSON.parse(text) as { body: string }).body
      const pull = pulls.get(Number(/^\/pulls\/(\d+)$/.exec(path)?.[1]))
      if (pull) return send(200, pull)
      const number = Number(/^\/issues\/(\d+)\/comments$/.exec(path)?.[1])
      const own = comments.get(number)
      if (own && request.method === 'GET') {
        const [page, size] = [Number(url.searchParams.get('page')), Number(url.searchParams.get('per_page'))]
        return send(200, own.slice((page - 1) * size, page * size))
      }
      if (own) {
        const comment = { id: ids++, body, user: { type: 'Bot' } }
        own.push(comment)
        return send(201, comment)
      }
      const edited = [...comments.values()].flat().find(({ id }) => path === `/issues/comments/${id}`)
      if (!edited) return send(404, { message: 'Not Found' })
      edited.body = body
      return send(200, edited)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, pulls, comments, requests, failing, close: () => void server.close() }
}
