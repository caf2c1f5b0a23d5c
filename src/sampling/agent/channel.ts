/** Where the agents in Node processes can be reached. Plain data: it may be handed to another process. */
export interface AgentChannel {
  /** A folder; each agent opens a socket in it, named by its pid. */
  readonly address: string
}
