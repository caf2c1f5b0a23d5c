import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import type { LoadTimes } from '../model/measured.ts'
import type { RunningServer } from '../model/server.ts'
import type { AgainstProcess } from '../model/worker-config.ts'
import { mergeLoads } from '../stats/merge-loads.ts'
import type { CaseTools, Outcome } from './outcome.ts'
import { runHttp } from './run-http.ts'
import type { Turns } from './turns.ts'

type HttpSubject = Extract<CaseSubject, { kind: 'http' }>

/** Connections are new in each block; later blocks find a warm server. */
const laterWarmupMs = 200

/** A load with a shape of its own (stages, a number of requests, a ramp of users) cannot be cut. */
export function blocksOf({ load }: HttpSubject, against: AgainstProcess): number {
  return load.stages || load.amount !== undefined || load.rampUp !== undefined ? 1 : against.load.blocks
}

/** Loads the server block by block, each in its turn with the other side, and counts them as one load. */
export async function runHttpBlocks(
  declared: DeclaredCase,
  subject: HttpSubject,
  server: RunningServer,
  tools: CaseTools,
  { against, turns }: { readonly against: AgainstProcess; readonly turns: Turns },
): Promise<Outcome[]> {
  const blocks = blocksOf(subject, against)
  const parts: Outcome[] = []
  for (let block = 0; block < blocks; block++) {
    const { options } = declared
    const timeMs = blocks === 1 ? options.timeMs : Math.min(options.timeMs, against.load.block_ms)
    const warmupMs = block === 0 ? options.warmupMs : Math.min(options.warmupMs, laterWarmupMs)
    parts.push(...(await turns.block(() => runHttp({ ...declared, options: { ...options, timeMs, warmupMs } }, subject, server, tools))))
  }
  const loads = parts.map(({ measurement }) => measurement).filter((one): one is LoadTimes => one.type === 'load')
  // A block that was stopped early, or sent by another client, is said of the whole.
  const findings = new Map(parts.flatMap((part) => part.findings ?? []).map((one) => [one.code, one]))
  return [{ measurement: mergeLoads(loads), findings: [...findings.values()] }]
}
