/** What the sampling process asks of an agent, one JSON text a line. */
export interface AgentRequest {
  readonly id: number
  /** The measured phase begins: forget the delays before it. */
  readonly reset?: true
  /** Percentiles, handles and socket bytes too, which take longer. */
  readonly full?: true
  /** Force a garbage collection and tell what survived. */
  readonly collect?: true
}
