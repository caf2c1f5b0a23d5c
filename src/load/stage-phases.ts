import type { Phase } from '../model/resources.ts'
import type { LoadJob } from './job.ts'

/** The phases, and within the measured one the stages of a ramp. */
export function stagePhases(phases: readonly Phase[], { shape }: LoadJob): readonly Phase[] {
  if (shape.model !== 'open' || shape.stages.length < 2) return phases
  return phases.flatMap((phase) => {
    if (phase.name !== 'measure') return [phase]
    let begin = phase.from_ms
    const stages = shape.stages.flatMap(({ fromRate, toRate, durationMs }, index) => {
      const from_ms = begin
      // The last stage ends with the answers to its requests, and a stopped load within a stage.
      begin = index === shape.stages.length - 1 ? phase.to_ms : Math.min(phase.to_ms, begin + durationMs)
      const rates = fromRate === toRate ? `${toRate}/s` : `${fromRate} to ${toRate}/s`
      return begin > from_ms ? [{ name: `stage ${index + 1}: ${rates}`, from_ms, to_ms: begin }] : []
    })
    return [phase, ...stages]
  })
}
