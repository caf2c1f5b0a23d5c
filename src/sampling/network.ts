import { catalogued } from './catalogued.ts'
import type { Sampler } from './sampler.ts'

/**
 * Bytes of the sockets of Node processes, counted by their agents. Linux keeps no such counter for a process: /proc/<pid>/net is that of
 * its whole network namespace, loopback and neighbours included, so it is not used.
 */
export const network = {
  metrics: catalogued({ network_rx_bytes: 'total', network_tx_bytes: 'total' }),
  source: 'agent',
  every_ms: 1000,
  open: () => ({
    read: ({ agents: { totals } }) => ({ network_rx_bytes: totals.rx_bytes, network_tx_bytes: totals.tx_bytes }),
  }),
} satisfies Sampler<'network_rx_bytes' | 'network_tx_bytes'>
