import { pendingCasesOver } from './pending-cases.ts'
import { test } from 'vitest'
import type { RunningServer } from '../model/server.ts'
import { prepareSampling } from '../sampling/start.ts'
import { endSamplingOfFile } from './sampling-of-case.ts'
import { endServersOfFile, openServersOfFile, serversOfFile } from './servers-of-file.ts'
import { serverMissing, type Servers } from './servers.ts'

export interface PerfFixtures {
  /** The server under test of this suite: started when first asked for. */
  server: RunningServer
}

interface InternalFixtures extends PerfFixtures {
  perfFile: Servers
  serverIfAny: RunningServer | undefined
}

function leftToMain(): void {}

// Vitest reads the fixtures that a fixture uses out of its first parameter, so an empty pattern must stand there.
export const perfTest = test.extend<InternalFixtures>({
  perfFile: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      // Each `bench.extend` has fixtures of its own, file-scoped ones too: the servers of the file are the first one's, which ends them.
      const open = serversOfFile()
      if (open) return use(open)
      // Forked now, so that the first case finds it ready.
      prepareSampling()
      // Ctrl-C reaches every process of the terminal: the main process cancels, and this one hands over what it measured.
      process.on('SIGINT', leftToMain)
      try {
        await use(openServersOfFile())
      } finally {
        await pendingCasesOver()
        await endServersOfFile()
        await endSamplingOfFile()
        process.off('SIGINT', leftToMain)
      }
    },
    { scope: 'file' },
  ],
  serverIfAny: async ({ perfFile, task, signal }, use) => {
    await use(await perfFile.at(task.suite, signal))
  },
  server: async ({ serverIfAny, task }, use) => {
    if (!serverIfAny) throw serverMissing(task.name)
    await use(serverIfAny)
  },
})
