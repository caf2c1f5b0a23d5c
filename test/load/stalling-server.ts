import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Entry of a process: answers at once, but the `at`-th request begins a stall, and what comes within it is answered at its end. */
const [at, stallMs] = process.argv.slice(2).map(Number)
let count = 0
let until = 0

const server = createServer((_request, response) => {
  count += 1
  const now = performance.now()
  if (count === at) until = now + (stallMs ?? 0)
  if (now < until) setTimeout(() => response.end(), until - now)
  else response.end()
})
process.on('disconnect', () => process.exit())
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
