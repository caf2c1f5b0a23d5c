import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import type { Socket, TcpNetConnectOpts } from 'node:net'

/** What autocannon's client wants of its parser: that it takes its hooks, calls them, and finishes. */
interface AutocannonParser {
  /** The hooks, under names that http-parser-js gives to them. */
  [hook: number]: (...facts: never[]) => unknown
}

/** What we touch of autocannon's client (autocannon/lib/httpClient.js). */
interface AutocannonClient extends EventEmitter {
  readonly conn?: Socket
  readonly opts: { port: number | TcpNetConnectOpts }
  parser: AutocannonParser
  readonly requestIterator: { nextRequest: () => void }
  readonly pipelinedRequests: {
    peek(): object | undefined
    addByteCount(bytes: number): void
  }
  destroy(): void
  _connect(): void
  _doRequest(): void
  getRequestBuffer(): Buffer
}

interface ClientOptions {
  readonly hostname: string
  readonly port: number
  /** Seconds. */
  readonly timeout: number
  /** Called in the midst of the constructor: the parser is there and its hooks are not, and nothing is connected yet. */
  readonly setupClient: (client: AutocannonClient) => void
}

export interface Hold {
  readonly host: string
  readonly port: number
  readonly timeoutMs: number
  /** One buffer for all reads, and who is told of each. */
  readonly onread: NonNullable<TcpNetConnectOpts['onread']>
}

const require = createRequire(import.meta.url)
// The client alone: the package's entry would bring its command line along, which takes four times as long to load.
const Client = require('autocannon/lib/httpClient.js') as new (options: ClientOptions) => AutocannonClient
const { HTTPParser } = createRequire(require.resolve('autocannon/lib/httpClient.js'))('http-parser-js') as {
  readonly HTTPParser: { readonly kOnHeadersComplete: number; readonly kOnMessageComplete: number }
}

/**
 * autocannon's HTTP client for one connection, held by the loop. autocannon on its own sends the next request whenever an answer is whole, and
 * connects anew as soon as a connection is lost or timed out, without a word about the request in flight. Here it does both only when told.
 *
 * Bytes are read by who holds it, not by http-parser-js, which needs a third of the time of a request: `received`, `begun` and `ended` are what its own
 * parser would tell it.
 */
export class HeldClient extends Client {
  #bytes: Buffer = Buffer.alloc(0)

  constructor({ host, port, timeoutMs, onread }: Hold) {
    super({
      hostname: host,
      port,
      timeout: timeoutMs / 1000,
      setupClient(client) {
        client.parser = {}
        // It would choose what to send, and clone an empty context for each request, at a twentieth of its time. What is sent is given to it.
        client.requestIterator.nextRequest = () => {}
        // It hands this to net.connect, which takes options in place of a port.
        client.opts.port = { host, port, onread }
      },
    })
  }

  /** The socket, which it has from its construction to its end. */
  get socket(): Socket {
    return this.conn as Socket
  }

  /** A request is out that has no whole answer. */
  get waits(): boolean {
    return this.pipelinedRequests.peek() !== undefined
  }

  send(bytes: Buffer): void {
    this.#bytes = bytes
    // eslint-disable-next-line no-underscore-dangle -- autocannon's name
    super._doRequest()
  }

  received(bytes: number): void {
    this.pipelinedRequests.addByteCount(bytes)
  }

  begun(head: { readonly statusCode: number; readonly headers: readonly string[] }): void {
    this.parser[HTTPParser.kOnHeadersComplete]?.(head as never)
  }

  ended(): void {
    this.parser[HTTPParser.kOnMessageComplete]?.()
  }

  override getRequestBuffer(): Buffer {
    return this.#bytes
  }

  /** Called by autocannon after each answer. */
  override _doRequest(): void {}

  /** Called by autocannon from its constructor, and again after each loss. */
  override _connect(): void {
    // eslint-disable-next-line no-underscore-dangle -- autocannon's name
    if (!this.conn) super._connect()
  }
}
