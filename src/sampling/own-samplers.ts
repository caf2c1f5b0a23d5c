import { pathToFileURL } from 'node:url'
import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'
import { metricDefinition } from '../model/metric-catalogue.ts'
import type { OwnSampler } from './define-sampler.ts'
import { isOwnSampler } from './define-sampler.ts'

const nameRule = /^[a-z][a-z0-9_]*$/i

/** Why a sampler cannot be used beside the others. */
function refusal(sampler: OwnSampler, taken: ReadonlySet<string>): string | undefined {
  if (!nameRule.test(sampler.name)) return `"${sampler.name}" is no name: letters, digits and "_" only`
  for (const metric of Object.keys(sampler.metrics)) {
    if (!nameRule.test(metric)) return `"${metric}" is no metric name: letters, digits and "_" only`
    if (metricDefinition(metric)) return `its metric ${metric} is one of the metric catalogue; give it another name`
    if (taken.has(metric)) return `its metric ${metric} is given by another sampler already`
  }
  return undefined
}

/** The user's own samplers from their modules. One that cannot be used is a finding, and the others work on. */
export async function loadSamplers(paths: readonly string[]): Promise<{ samplers: Record<string, OwnSampler>; findings: Finding[] }> {
  const samplers: Record<string, OwnSampler> = {}
  const findings: Finding[] = []
  const taken = new Set<string>()
  const refuse = (what: string, reason: string): void => void findings.push(finding('sampling_unavailable', { what, reason }))

  for (const path of paths) {
    try {
      const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>
      const found = [...new Set(Object.values(module).filter(isOwnSampler))]
      if (found.length === 0) refuse(path, 'it exports nothing that defineSampler made')
      for (const sampler of found) {
        const reason = refusal(sampler, taken)
        if (reason !== undefined) {
          refuse(`sampler ${sampler.name}`, reason)
          continue
        }
        samplers[sampler.name] = sampler
        for (const metric of Object.keys(sampler.metrics)) taken.add(metric)
      }
    } catch (error) {
      refuse(path, error instanceof Error ? error.message : String(error))
    }
  }
  return { samplers, findings }
}
