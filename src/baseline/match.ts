import { basename } from 'node:path'
import type { Environment } from '../model/environment.ts'
import { finding, type Finding } from '../model/finding.ts'
import { isJoined } from '../model/shard.ts'
import type { Baseline, RecordedEnvironment } from './baseline.ts'
import { machineKeys, newest } from './baseline.ts'

export interface MachineOptions {
  /** Of the machine that this run used. */
  readonly fingerprint: string
  /** The same machine in full, to say how it differs from that of the baseline. */
  readonly environment?: Environment
  /** Believe that a file without a fingerprint is from this machine. @default false */
  readonly assume_same_machine?: boolean
}

export interface Match {
  readonly environment: RecordedEnvironment
  /** Whether its values may be compared with those of this run. */
  readonly same_machine: boolean
  readonly against: string
  readonly findings: readonly Finding[]
}

/** The part of a baseline that this run is held against: the one of its own machine, else the newest, which is reported only. */
export function matchMachine(baseline: Baseline, options: MachineOptions): Match | undefined {
  const { environments } = baseline
  const own =
    environments.find(({ fingerprint }) => fingerprint === options.fingerprint && !isJoined(options.fingerprint)) ??
    environments.find(({ fingerprint }) => fingerprint === null && options.assume_same_machine === true)
  const environment = own ?? environments.toSorted((a, b) => ((newest(a) ?? '') < (newest(b) ?? '') ? 1 : -1))[0]
  if (!environment) return undefined
  const day = newest(environment)?.slice(0, 10)
  const against = `${basename(baseline.path)}${day === undefined ? '' : ` of ${day}`}`
  if (own) return { environment, same_machine: true, against, findings: [] }
  return {
    environment,
    same_machine: false,
    against: `${against}, another machine`,
    findings: [finding('baseline_other_machine', { differs: difference(environment, options) })],
  }
}

function difference({ fingerprint, machine }: RecordedEnvironment, options: MachineOptions): string {
  const here = options.environment
  if (fingerprint === null) return 'the file does not say which machine it is from'
  for (const one of [options.fingerprint, fingerprint]) {
    if (isJoined(one)) return `${one} is several kinds of machine, merged from shards, and does not say which of them measured a case`
  }
  const known = machineKeys.filter((key) => machine[key] !== undefined && machine[key] !== null)
  if (here) {
    const different = known.filter((key) => machine[key] !== here[key]).map((key) => `${key} ${machine[key]}, here ${here[key]}`)
    if (different.length > 0) return different.join('; ')
  }
  return known.length === 0 ? 'its fingerprint differs' : `it is ${known.map((key) => `${key} ${machine[key]}`).join(', ')}`
}
