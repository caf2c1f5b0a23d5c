/** Programs that the sampling benchmarks observe, as text for `node -e`. */

/** A tree: the root and `children` Node processes that work for 2 ms ten times a second, so that none of them counts as quiet. */
export function treeProgram(children: number): string {
  const child = `
    setInterval(() => { for (const end = performance.now() + 2; performance.now() < end; ); }, 100)
    process.on("disconnect", () => process.exit())
  `
  return `
    const { spawn } = require('node:child_process')
    for (let index = 0; index < ${children}; index++) spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    process.send?.('ready')
    process.on('disconnect', () => process.exit())
  `
}

/** A server that does some work a request and allocates, so that its collector has something to do. */
export const serverProgram = `
  const { createServer } = require('node:http')
  const server = createServer((request, response) => {
    const rows = Array.from({ length: 200 }, (_, index) => ({ index, text: 'row ' + index }))
    response.end(JSON.stringify(rows))
  })
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
  process.on('disconnect', () => process.exit())
`

/**
 * A program that is never idle and needs nobody to load it: turns of the event loop with some work and some garbage. Answers a word with the turns that it made and with the CPU time, in
 * microseconds, that they took.
 */
export const busyProgram = `
  let turns = 0
  let kept
  function turn() {
    for (let index = 0, sum = 0; index < 20000; index++) sum = (sum * 31 + index) | 0
    kept = Array.from({ length: 100 }, (_, index) => ({ index, turns }))
    turns++
    setImmediate(turn)
  }
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send([turns, user + system])
  })
  process.on('disconnect', () => process.exit())
  process.send('ready')
  turn()
`
