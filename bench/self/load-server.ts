import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `api` works like a JSON service, some 2,000 requests per second; `hello` does nothing, which puts the generator to the test. */
export type ServerKind = 'api' | 'hello'

/** A server in a process of its own. */
export async function startServer(kind: ServerKind): Promise<{ readonly origin: string; readonly stop: () => Promise<void> }> {
  const child: ChildProcess = fork(import.meta.filename, [kind], { execArgv: [] })
  const [port] = (await once(child, 'message')) as [number]
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}

function serve(kind: ServerKind): void {
  const rows = Array.from({ length: 400 }, (_, id) => ({
    id,
    title: `document ${id}`,
    text: 'rust and async '.repeat(8),
    rank: Math.sin(id),
  }))
  const server = createServer((_request, response) => {
    if (kind === 'hello') return void response.end('hello')
    const found = rows
      .map((row) => ({ ...row, digest: createHash('sha1').update(row.title).digest('hex'), rank: row.rank * 2 }))
      .sort((a, b) => b.rank - a.rank)
      .slice(0, 20)
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ status: 'success', results: found }))
  })
  process.on('disconnect', () => process.exit())
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
}

if (process.argv[1] === import.meta.filename && process.send) serve(process.argv[2] as ServerKind)
