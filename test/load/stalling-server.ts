import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * Entry of a process: answers at once, but the `at`-th request begins a stall, and what comes within it is answered at its end. Asked for them by a
 * message, it tells when its requests came.
 */
const [at, stallMs] = process.argv.slice(2).map(Number)
const came: number[] = []
let until = 0

const server = createServer((_request, response) => {
  const now = performance.now()
  came.push(now)
  if (came.length === at) until = now + (stallMs ?? 0)
  if (now < until) setTimeout(() => response.end(), until - now)
  else response.end()
})
process.on('disconnect', () => process.exit())
process.on('message', () => process.send?.(came))
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
