import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import type { SideName } from '../../src/against/turn-order.ts'
import { TurnsServer } from '../../src/against/turns-server.ts'

/** A side as its worker speaks: says something, and hears its turns. */
async function sides(
  first: SideName,
): Promise<{ told: SideName[]; say: (side: SideName, message: object) => void; heard: (count: number) => Promise<void> }> {
  const server = await TurnsServer.open(first)
  const told: SideName[] = []
  let wake = (): void => {}
  const sockets = new Map(
    (['base', 'head'] as const).map((side) => {
      const { port, token } = server.address(side)
      const socket = connect({ port, host: '127.0.0.1' })
      socket.write(`${JSON.stringify({ token })}\n`)
      createInterface({ input: socket }).on('line', () => {
        told.push(side)
        wake()
      })
      return [side, socket] as const
    }),
  )
  onTestFinished(async () => {
    for (const socket of sockets.values()) socket.destroy()
    await server.close()
  })
  return {
    told,
    say: (side, message) => void sockets.get(side)?.write(`${JSON.stringify(message)}\n`),
    heard: async (count) => {
      while (told.length < count) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}

test('a case that fails in one of its blocks takes no turn of the next case', async () => {
  const { told, say, heard } = await sides('base')
  for (const side of ['base', 'head'] as const) say(side, { arrive: 'a', blocks: 2, later: ['b'] })
  await heard(1)
  // The first block of base fails: it goes on to the next case at once.
  say('base', { done: 'a', failed: true })
  say('base', { arrive: 'b', blocks: 1, later: [] })
  await heard(2)
  say('head', { done: 'a' })
  await heard(3)
  say('head', { done: 'a' })
  say('head', { arrive: 'b', blocks: 1, later: [] })
  await heard(4)
  say('base', { done: 'b' })
  await heard(5)
  expect(told).toEqual(['base', 'head', 'head', 'base', 'head'])
})
