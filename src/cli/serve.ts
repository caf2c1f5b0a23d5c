import { Command, InvalidArgumentError } from 'commander'
import { wholeNumber } from './values.ts'

interface Flags {
  readonly port: number
  readonly documents: number
  readonly seed: number
}

/** `vitest-perf serve`: the reference server, for a first look at loads. */
export const serve: Command = new Command('serve')
  .description('start the reference server: a document search over a generated corpus')
  .option('-p, --port <port>', 'port on 127.0.0.1; 0 is any that is free', portNumber, 8000)
  .option('-d, --documents <count>', 'documents in the corpus', wholeNumber, 10_000)
  .option('-s, --seed <seed>', 'seed of the corpus', wholeNumber, 1)
  .action(async (options: Flags) => {
    const { startReferenceServer } = await import('../../fixtures/reference-server/index.ts')
    const server = await startReferenceServer(options)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop())
    process.stdout.write(`listening on ${server.url}\n`)
    await server.ready
  })

function portNumber(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value < 65_536) return value
  throw new InvalidArgumentError('It must be a port, 0 to 65535.')
}
