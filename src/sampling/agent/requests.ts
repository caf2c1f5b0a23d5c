/** What the sampling process asks of an agent, one JSON text a line. */
export interface AgentRequest {
  readonly id: number
  /** The measured phase begins: forget the delays before it. */
  readonly reset?: true
  /** Count handles and socket bytes too, which takes longer the more there are. */
  readonly full?: true
  /** Force a garbage collection and tell what survived. */
  readonly collect?: true
}
