/** What a load has where its case does not say. */
export const loadDefaults = {
  connections: 10,
  pipelining: 1,
  users: 1,
  maxInFlight: 1000,
  requestTimeout: '10s',
  arrivals: 'constant',
  seed: 1,
} as const
