import { performance } from 'node:perf_hooks'

/** What the process that sends has used itself, over a stretch of time. */
export interface OwnUsage {
  readonly cpuPercent: number
  readonly utilization: number
}

/** Starts a stretch; the function it returns ends it. */
export function ownUsage(): () => OwnUsage {
  const cpu = process.cpuUsage()
  const loop = performance.eventLoopUtilization()
  const begun = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    const ms = Math.max(1, performance.now() - begun)
    return { cpuPercent: (user + system) / 10 / ms, utilization: performance.eventLoopUtilization(loop).utilization }
  }
}
