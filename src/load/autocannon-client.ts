import type { EventEmitter } from 'node:events'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'

/** The `headers` event of a client: an answer's first line and its fields, names and values in turn. */
export interface AutocannonHead {
  readonly versionMajor: number
  readonly versionMinor: number
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: readonly string[]
}

/** What we touch of autocannon's client (autocannon/lib/httpClient.js) and of the parser it reads with (http-parser-js). */
interface AutocannonClient extends EventEmitter {
  readonly conn?: Socket
  readonly destroyed: boolean
  readonly parser: {
    readonly hadError: boolean
    /** What has come of a line that has not ended. */
    readonly line: string
    /** The read at hand is parsed from `offset` to `end`. */
    readonly offset: number
    readonly end: number
    isChunked: boolean
    body_bytes: number | null
    finish(): unknown
  }
  readonly pipelinedRequests: {
    peek(): { readonly bytes: number } | undefined
    addBody(part: Buffer): void
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
}

const require = createRequire(import.meta.url)
// The client alone: the package's entry would bring its command line along, which takes four times as long to load.
const Client = require('autocannon/lib/httpClient.js') as new (options: ClientOptions) => AutocannonClient

/**
 * autocannon's HTTP client for one connection, held by the loop. autocannon on its own sends the next request whenever an answer is whole, and
 * connects anew as soon as a connection is lost or timed out, without a word about the request in flight. Here it does both only when told.
 */
export class HeldClient extends Client {
  #bytes: Buffer = Buffer.alloc(0)

  constructor(options: ClientOptions) {
    super(options)
    // It would keep every body whole, as text.
    this.pipelinedRequests.addBody = () => {}
  }

  /** The socket, which it has from its construction to its end. */
  get socket(): Socket {
    return this.conn as Socket
  }

  send(bytes: Buffer): void {
    this.#bytes = bytes
    // eslint-disable-next-line no-underscore-dangle -- autocannon's name
    super._doRequest()
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
