import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { TestContext } from 'vitest'
import type { TurnsAddress } from '../model/worker-config.ts'
import { againstProcess } from './against-process.ts'

/** The blocks of one case on this side; `block` runs its function when the other side is still. */
export interface Turns {
  readonly block: <Result>(run: () => Promise<Result>) => Promise<Result>
}

const alone: Turns = { block: (run) => run() }
let line: Promise<Line> | undefined

/** Asks for the turns of one case. Where no other side runs at the same time, each block starts at once. */
export async function turnsOf(task: TestContext['task'], blocks: number): Promise<Turns> {
  const address = againstProcess()?.turns
  if (!address) return alone
  line ??= open(address)
  const { say, heard } = await line
  // The last part of Vitest's id is the place in the file, which is the same on both sides.
  say({ arrive: task.id, blocks })
  return {
    async block(run) {
      await heard()
      try {
        return await run()
      } finally {
        say({ done: task.id })
      }
    },
  }
}

interface Line {
  readonly say: (message: object) => void
  readonly heard: () => Promise<void>
}

async function open({ port, token }: TurnsAddress): Promise<Line> {
  const socket = await connected(port)
  const waiting: (() => void)[] = []
  let ahead = 0
  let closed = false
  createInterface({ input: socket }).on('line', () => {
    const next = waiting.shift()
    if (next) next()
    else ahead++
  })
  socket.on('error', () => {})
  socket.on('close', () => {
    closed = true
    for (const next of waiting.splice(0)) next()
  })
  const say = (message: object): void => void socket.write(`${JSON.stringify(message)}\n`)
  say({ token })
  return {
    say,
    heard: () =>
      new Promise((resolve) => {
        if (ahead > 0 || closed) {
          ahead--
          resolve()
        } else waiting.push(resolve)
      }),
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.off('error', reject)
      // A worker that has nothing else to do must be able to end.
      socket.unref()
      resolve(socket)
    })
  })
}
