import { PerfError } from '../model/error.ts'
import { finding } from '../model/finding.ts'
import type { Finding } from '../model/finding.ts'
import type { LoadTimes } from '../model/measured.ts'
import { openDirect } from './direct-wire.ts'
import type { LoadJob } from './job.ts'
import { probeWire } from './probe-wire.ts'
import type { OpenWire } from './wire.ts'

export interface SettledTransport {
  readonly openWire: OpenWire
  readonly sent: Required<Pick<LoadTimes, 'transport'>> & Pick<LoadTimes, 'transport_reason'>
  readonly findings: readonly Finding[]
}

/** autocannon's client, which needs internals of it that no version promises. */
async function loadAutocannon(): Promise<OpenWire> {
  return (await import('./autocannon-wire.ts')).openAutocannon
}

/**
 * Decides what sends the load. Where the autocannon that is installed is not the one that we know, the load goes without it, and says so.
 *
 * @throws PerfError OPTION_INVALID where the case asks for autocannon and it cannot be used
 */
export async function settleTransport(
  { name, transport }: Pick<LoadJob, 'name' | 'transport'>,
  load: () => Promise<OpenWire> = loadAutocannon,
): Promise<SettledTransport> {
  if (transport.use === 'direct') {
    const reason = transport.reason === undefined ? {} : { transport_reason: transport.reason }
    return { openWire: openDirect, sent: { transport: 'direct', ...reason }, findings: [] }
  }
  const { openWire, obstacle } = await usable(load)
  if (openWire) return { openWire, sent: { transport: 'autocannon' }, findings: [] }
  const reason = `the autocannon that is installed cannot be used: ${obstacle}`
  if (transport.asked) throw new PerfError('OPTION_INVALID', `The case "${name}" asks for the transport "autocannon": ${reason}.`)
  return {
    openWire: openDirect,
    sent: { transport: 'direct', transport_reason: reason },
    findings: [finding('transport_replaced', { reason })],
  }
}

async function usable(load: () => Promise<OpenWire>): Promise<{ readonly openWire?: OpenWire; readonly obstacle?: string }> {
  try {
    const openWire = await load()
    const obstacle = await probeWire(openWire)
    return obstacle === undefined ? { openWire } : { obstacle }
  } catch (error) {
    return { obstacle: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) }
  }
}
