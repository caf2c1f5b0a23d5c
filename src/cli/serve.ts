import { Command } from 'commander'
import { startReferenceServer } from '../../fixtures/reference-server/index.ts'

/** `vitest-perf serve`: the reference server, for a first look at loads. */
export const serve: Command = new Command('serve')
  .description('start the reference server: a document search over a generated corpus')
  .option('-p, --port <port>', 'port on 127.0.0.1', '8000')
  .option('-d, --documents <count>', 'documents in the corpus', '10000')
  .option('-s, --seed <seed>', 'seed of the corpus', '1')
  .action(async (options: { port: string; documents: string; seed: string }) => {
    const server = await startReferenceServer({ port: Number(options.port), documents: Number(options.documents), seed: Number(options.seed) })
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.stop())
    process.stdout.write(`listening on ${server.url}\n`)
    await server.ready
  })
