import type { LoadTimes } from '../model/measured.ts'
import type { OwnUsage } from './own-usage.ts'

export interface CeilingFacts {
  readonly model: LoadTimes['model']
  readonly usage: OwnUsage
  readonly wantedRate: number | undefined
  readonly achievedRate: number
  readonly planned: number
  readonly dropped: number
  readonly late: number
  /** Share of requests that the request function did not bring in time, 0 to 1. */
  readonly starved: number
  /** Share of the users' time that they thought, 0 to 1. */
  readonly thinkShare: number
}

const busy = 0.9
const shareOfLate = 0.05
const shareHeld = 0.98
const shareStarved = 0.05
const mostlyThinking = 0.5

/** What set the throughput: the server, the generator itself, or the plan of the load. */
export function ceiling(facts: CeilingFacts): LoadTimes['ceiling'] {
  const { usage, model } = facts
  const percent = `${Math.round(usage.utilization * 100)} %`
  if (facts.starved > shareStarved) {
    return {
      verdict: 'generator',
      reason: `the request function did not keep up: ${Math.round(facts.starved * 100)} % of the requests had to wait for it`,
    }
  }
  if (usage.utilization >= busy) return { verdict: 'generator', reason: `the generator's event loop was busy ${percent} of the time` }
  if (model === 'open') {
    if (facts.late > facts.planned * shareOfLate) {
      return { verdict: 'generator', reason: `${facts.late} of ${facts.planned} requests were sent more than 1 ms late` }
    }
    const held = facts.dropped === 0 && facts.achievedRate >= (facts.wantedRate ?? 0) * shareHeld
    if (held)
      return {
        verdict: 'schedule',
        reason: `the server kept up with the ${round(facts.wantedRate)} requests per second that were asked for`,
      }
    return {
      verdict: 'server',
      reason: `${round(facts.wantedRate)} requests per second were asked for and ${round(facts.achievedRate)} answered`,
    }
  }
  if (facts.thinkShare > mostlyThinking) {
    return { verdict: 'schedule', reason: `the users thought ${Math.round(facts.thinkShare * 100)} % of the time, which sets the rate` }
  }
  return { verdict: 'server', reason: `the generator waited for answers: its event loop was busy ${percent} of the time` }
}

function round(rate: number | undefined): string {
  return String(Math.round((rate ?? 0) * 10) / 10)
}
