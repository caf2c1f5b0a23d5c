import { agentEnvironment, openAgentChannel, type AgentChannel } from '../sampling/agent/channel.ts'

export interface Agents {
  readonly channel: AgentChannel
  /** What a server's environment needs for its Node processes to report. */
  readonly environment: Readonly<Record<string, string>>
}

let opening: Promise<Agents> | undefined

/** The one channel of this worker to the agents in its servers. */
export function agentChannel(): Promise<Agents> {
  opening ??= openAgentChannel().then((channel) => ({ channel, environment: agentEnvironment(channel) }))
  return opening
}

export async function closeAgentChannel(): Promise<void> {
  const closing = opening
  opening = undefined
  await (await closing)?.channel.close()
}
