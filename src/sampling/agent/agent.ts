import { rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createServer } from 'node:net'
import { getHeapStatistics } from 'node:v8'
import { agentAddress } from './address.ts'
import { watchGc } from './gc.ts'
import { watchLoop } from './loop.ts'
import type { AgentReading } from './reading.ts'
import type { AgentRequest } from './requests.ts'
import { retained } from './retained.ts'
import { watchSockets } from './sockets.ts'

const own = new WeakSet<Socket>()

/**
 * Listens for samplers and answers them. Nothing is watched while nobody is connected, nothing here keeps the program alive, and no error of
 * ours reaches it.
 */
export function attach(folder: string): Promise<void> {
  const sockets = watchSockets(own)
  const address = agentAddress(folder, process.pid)
  const server = createServer((socket) => serve(socket, sockets))
  server.unref()
  server.on('connection', (socket) => own.add(socket))
  // A process that had this pid before may have left its socket.
  if (process.platform !== 'win32') rmSync(address, { force: true })
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    // `exclusive`: in a cluster each worker has its own, not one through the primary.
    server.listen({ path: address, exclusive: true }, resolve)
  })
}

function serve(socket: Socket, sockets: ReturnType<typeof watchSockets>): void {
  own.add(socket)
  socket.unref()
  const gc = watchGc()
  const loop = watchLoop()
  let rest = ''

  function answer({ id, reset, full, collect }: AgentRequest): AgentReading {
    if (reset) loop.reset()
    const { used_heap_size, total_heap_size, external_memory } = getHeapStatistics()
    return {
      id,
      pid: process.pid,
      heap_used_bytes: used_heap_size,
      heap_total_bytes: total_heap_size,
      external_bytes: external_memory,
      gc: gc.read(),
      loop: loop.read(full === true),
      ...(full ? { sockets: sockets(), handles: process.getActiveResourcesInfo().length } : {}),
      ...(collect ? { retained: retained() } : {}),
    }
  }
  socket.setEncoding('utf8')
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    try {
      for (const line of lines) socket.write(`${JSON.stringify(answer(JSON.parse(line) as AgentRequest))}\n`)
    } catch {
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    gc.close()
    loop.close()
  })
}
