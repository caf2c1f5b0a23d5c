import { startServer } from '../../fixtures/server/index.ts'
import { suiteWithServer, type SuiteNode } from '../author/suites.ts'
import { PerfError } from '../model/error.ts'
import type { RunningServer, ServerOptions } from '../model/server.ts'
import { agentChannel } from './agent-channel.ts'
import { workerConfig } from './worker-config.ts'

const wholeFile = {}

/** The servers of one test file: each started when a case first asks for it, ended with its suite or the file. */
export class Servers {
  readonly #running = new Map<object, Promise<RunningServer>>()

  /** The options that hold for a place, if any server is configured there. */
  optionsAt(suite: SuiteNode | undefined): { owner: object; options: ServerOptions } | undefined {
    const own = suiteWithServer(suite)
    if (own?.options.server) return { owner: own.suite, options: own.options.server }
    const options = workerConfig().server ?? fromEnvironment()
    return options && { owner: wholeFile, options }
  }

  async at(suite: SuiteNode | undefined, signal: AbortSignal): Promise<RunningServer | undefined> {
    const found = this.optionsAt(suite)
    if (!found) return undefined
    const known = await this.#running.get(found.owner)?.catch(() => undefined)
    if (known && known.exit() === undefined) return known
    const starting = start(found.options, signal)
    this.#running.set(found.owner, starting)
    return starting
  }

  async stop(owner: object): Promise<void> {
    const server = await this.#running.get(owner)?.catch(() => undefined)
    this.#running.delete(owner)
    await server?.stop()
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((owner) => this.stop(owner)))
  }
}

async function start(options: ServerOptions, signal: AbortSignal): Promise<RunningServer> {
  const { environment } = await agentChannel()
  return startServer(options, { root: workerConfig().root, env: environment, signal })
}

function fromEnvironment(): ServerOptions | undefined {
  const url = process.env['TERRAPHIM_SERVER_URL']
  return url ? { url } : undefined
}

export function serverMissing(caseName: string): PerfError {
  return new PerfError('SERVER_MISSING', `"${caseName}" needs a server, and none is configured.`)
}
