import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { channelVariable } from './address.ts'

/**
 * Where the agents of Node processes can be reached: a folder that only this user can enter, in which every agent opens a socket of its
 * own. Agents listen and samplers connect, so a server may be started before its sampling, and be sampled by several workers at once.
 */
export interface AgentChannel {
  readonly address: string
  close(): Promise<void>
}

export async function openAgentChannel(): Promise<AgentChannel> {
  const address = await mkdtemp(join(tmpdir(), 'vitest-perf-'))
  return { address, close: () => rm(address, { recursive: true, force: true }) }
}

/**
 * What a server's environment needs for its Node processes to report. The preload goes in by `--require`, not by `--import`: Node 18.0 to
 * 18.17 refuse to start with the latter, and a required file starts no module loader that the program would not start itself.
 */
export function agentEnvironment(channel: AgentChannel, nodeOptions = process.env['NODE_OPTIONS']): Record<string, string> {
  const preload = join(import.meta.dirname, extname(import.meta.filename) === '.ts' ? 'preload.cts' : 'preload.cjs')
  // Quotes and backslashes are escaped as Node reads them in NODE_OPTIONS, which is as JSON writes them.
  const options = `--require ${JSON.stringify(preload)}`
  return {
    NODE_OPTIONS: nodeOptions === undefined || nodeOptions === '' ? options : `${nodeOptions} ${options}`,
    [channelVariable]: channel.address,
  }
}
