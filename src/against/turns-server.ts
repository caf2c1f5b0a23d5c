import { randomUUID } from 'node:crypto'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { TurnsAddress } from '../model/worker-config.ts'
import { nextBlocks, type Presence, type SideName } from './turn-order.ts'

interface Message {
  readonly token?: string
  readonly arrive?: string
  readonly blocks?: number
  readonly later?: readonly string[]
  readonly done?: string
  /** The block threw, which ends its case. */
  readonly failed?: boolean
}

/** Lets two workers that live at the same time measure one after the other, block by block. */
export class TurnsServer {
  readonly #server: Server
  readonly #tokens: Readonly<Record<SideName, string>> = { base: randomUUID(), head: randomUUID() }
  readonly #sockets = new Map<SideName, Socket>()
  readonly #presence: Record<SideName, Presence> = { base: { state: 'running' }, head: { state: 'running' } }
  readonly #first: SideName
  #queue: SideName[] = []
  #busy: SideName | undefined

  private constructor(server: Server, first: SideName) {
    this.#server = server
    this.#first = first
    server.on('connection', (socket) => this.#greet(socket))
  }

  /** For one pair of processes; `first` begins. */
  static async open(first: SideName): Promise<TurnsServer> {
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    return new TurnsServer(server, first)
  }

  address(side: SideName): TurnsAddress {
    return { port: (this.#server.address() as AddressInfo).port, token: this.#tokens[side] }
  }

  /** The process of this side has ended: the other goes on alone. */
  leave(side: SideName): void {
    this.#presence[side] = { state: 'gone' }
    this.#queue = this.#queue.filter((one) => one !== side)
    if (this.#busy === side) this.#busy = undefined
    this.#next()
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.values()) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #greet(socket: Socket): void {
    let side: SideName | undefined
    socket.on('error', () => {})
    socket.on('close', () => side && this.leave(side))
    createInterface({ input: socket }).on('line', (line) => {
      const message = JSON.parse(line) as Message
      if (message.token !== undefined) {
        side = (Object.keys(this.#tokens) as SideName[]).find((one) => this.#tokens[one] === message.token)
        if (side) this.#sockets.set(side, socket)
        else socket.destroy()
      } else if (side) this.#hear(side, message)
    })
  }

  #hear(side: SideName, { arrive, blocks = 1, later = [], done, failed = false }: Message): void {
    if (arrive !== undefined) this.#presence[side] = { state: 'waiting', at: { task: arrive, blocks, later } }
    if (done !== undefined) this.#busy = undefined
    // Its other blocks will not come, and their turns must not be those of the next case.
    if (failed) this.#queue = this.#queue.filter((one) => one !== side)
    this.#next()
  }

  #next(): void {
    if (this.#busy) return
    if (this.#queue.length === 0) {
      this.#queue = [...(nextBlocks(this.#presence.base, this.#presence.head, this.#first) ?? [])]
      for (const side of this.#queue) this.#presence[side] = { state: 'running' }
    }
    const side = this.#queue.shift()
    if (!side) return
    this.#busy = side
    this.#sockets.get(side)?.write('go\n')
  }
}
