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
  readonly #up = new Map<object, RunningServer>()
  readonly #crashes = new Map<object, number>()
  readonly #restarted = new Map<RunningServer, number>()

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
    const server = await starting
    this.#up.set(found.owner, server)
    if (known) {
      const crashes = (this.#crashes.get(found.owner) ?? 0) + 1
      this.#crashes.set(found.owner, crashes)
      this.#restarted.set(server, crashes)
    }
    return server
  }

  /** How often a server had crashed by the time this one took its place; it is told once. */
  restartsBefore(server: RunningServer): number {
    const times = this.#restarted.get(server) ?? 0
    this.#restarted.delete(server)
    return times
  }

  /** The roots of everything below this process that is the business of a server: those of other cases, and the supervisors of all. */
  processesBeside(own: RunningServer | undefined): number[] {
    return [...new Set([...this.#up.values(), ...(own ? [own] : [])])].flatMap((server) => [
      ...(server === own || server.pid === 0 ? [] : [server.pid]),
      ...(server.supervisor_pid === undefined ? [] : [server.supervisor_pid]),
    ])
  }

  async stop(owner: object): Promise<void> {
    const server = await this.#running.get(owner)?.catch(() => undefined)
    this.#running.delete(owner)
    this.#up.delete(owner)
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
