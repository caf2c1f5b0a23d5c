import { metricCatalogue, metricDefinition } from '../model/metric-catalogue.ts'
import type { Compared, SummarisedCase } from '../model/run.ts'
import { shardText, type ShardName } from '../model/shard.ts'
import { underTest } from '../stats/summarise-resources.ts'
import { didYouMean } from '../model/did-you-mean.ts'
import { visibleText } from './visible-text.ts'

const meant = (candidate: string | undefined): string => (candidate === undefined ? '' : `; did you mean "${candidate}"?`)
const firstLine = (text: string): string => visibleText(text.split('\n', 1)[0] ?? '', 200)

/** Why no case answers to the id of a gate. */
export function noSuchCase(id: string, cases: readonly Compared[]): string {
  if (id.includes('*')) return `No case of this run matches "${visibleText(id)}" with such a metric`
  const near = didYouMean(
    id,
    cases.map((one) => one.identity.id),
  )
  return `No case of this run has the id "${visibleText(id)}"${meant(near)}`
}

/** Why a part of a run has no case for a gate. */
export function notHere(id: string, shard: ShardName): string {
  return `Not here: ${shardText(shard)} has no such case as "${visibleText(id)}", which is another shard's`
}

/** Why a case that exists has no numbers. */
export function notMeasured(one: Exclude<Compared, { state: 'measured' }>): string {
  switch (one.state) {
    case 'failed':
      return `The case ${one.identity.id} failed, so it has no numbers: ${firstLine(one.errors[0]?.message ?? 'no reason was given')}`
    case 'skipped':
      return `The case ${one.identity.id} was skipped: ${firstLine(one.reason)}`
    case 'not_applicable':
      return `The case ${one.identity.id} is not applicable here: ${firstLine(one.reason)}`
  }
}

/** Why the processes of a case could not tell a figure; undefined where they could, or nothing is known of it. */
export function whyUnavailable(name: string, { resources }: SummarisedCase): string | undefined {
  const sampler = metricDefinition(name)?.sampler
  const unavailable = underTest(resources)?.unavailable ?? {}
  return sampler !== undefined && Object.hasOwn(unavailable, sampler) ? unavailable[sampler] : undefined
}

/** Where no case that a pattern means could tell the metric. */
export function cannotTell(name: string, cases: readonly Compared[]): string | undefined {
  const reasons = cases.flatMap((one) => (one.state === 'measured' ? (whyUnavailable(name, one) ?? []) : []))
  if (reasons.length === 0) return undefined
  return `No case that it means could tell ${name} (not sampled: ${[...new Set(reasons)].map(firstLine).join('; ')})`
}

/** Why a measured case has no such metric: misspelt, of other kinds of case only, or not to be had in this run. */
export function noSuchMetric(name: string, measured: SummarisedCase): string {
  const { id, kind } = measured.identity
  const definition = metricDefinition(name)
  if (definition && !definition.kinds.includes(kind)) {
    return `${name} is not measured for ${kind} cases such as ${id}, only for ${definition.kinds.join(', ')}`
  }
  if (definition) {
    const reason = whyUnavailable(name, measured)
    const reasons = reason === undefined ? measured.resources.flatMap((one) => Object.values(one.unavailable)) : [reason]
    const because = reasons.length === 0 ? '' : ` (not sampled: ${[...new Set(reasons)].map(firstLine).join('; ')})`
    return `${name} was not measured for ${id} in this run${because}`
  }
  const own = didYouMean(name, Object.keys(measured.metrics))
  const known = own ?? didYouMean(name, Object.keys(metricCatalogue))
  return `${id} has no metric "${visibleText(name)}"${meant(known)}`
}
