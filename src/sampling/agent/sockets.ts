import { channel } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import type { SocketReading } from './reading.ts'

const names = ['net.client.socket', 'net.server.socket'] as const
/** Node keeps channels only as long as somebody does. */
const channels = names.map((name) => channel(name))

/** Bytes of all TCP and local sockets of this process since it started, without those of the agent itself. */
export function watchSockets(own: WeakSet<Socket>): () => SocketReading {
  const open = new Set<Socket>()
  let rx_bytes = 0
  let tx_bytes = 0

  function opened(message: unknown): void {
    const { socket } = message as { socket?: Socket }
    if (!socket || own.has(socket) || open.has(socket)) return
    open.add(socket)
    socket.once('close', () => {
      open.delete(socket)
      rx_bytes += socket.bytesRead
      tx_bytes += socket.bytesWritten
    })
  }
  for (const each of channels) each.subscribe(opened)

  return () => {
    const total = { rx_bytes, tx_bytes }
    for (const socket of open) {
      total.rx_bytes += socket.bytesRead
      total.tx_bytes += socket.bytesWritten
    }
    return total
  }
}
