import { finding } from '../model/finding.ts'
import type { Finding } from '../model/finding.ts'
import type { LoadTimes } from '../model/measured.ts'
import type { Phase } from '../model/resources.ts'
import { ceiling } from './ceiling.ts'
import type { LoadLoop } from './load-loop.ts'
import type { LoadRun } from './load-run.ts'
import type { SoFar, StopReason } from './unmeetable.ts'
import { ownUsage } from './own-usage.ts'

export interface LoadResult {
  readonly measurement: LoadTimes
  readonly phases: readonly Phase[]
  readonly findings: readonly Finding[]
}

export interface Conduct {
  readonly model: LoadTimes['model']
  readonly durationMs: number
  readonly warmupMs: number
  /** Why the load should not go on, if it should not. */
  readonly hopeless: (soFar: SoFar) => StopReason | undefined
  readonly wantedRate: number | undefined
  /** Share of the users' time that they thought, 0 to 1. */
  readonly thinkShare: () => number
  /** Requests that had to wait for the request function, so far. */
  readonly starved: () => number
  /** Verdicts of checks that are still out. */
  readonly settleChecks: () => Promise<void>
  readonly onPhase: (name: string) => void
  readonly onProgress: (progress: { readonly elapsed_ms: number; readonly requests: number }) => void
}

const lookEveryMs = 250

/** A stop from outside: everything measured up to then is kept. */
export interface Stopper {
  stop(reason: string): void
}

/** Warm-up, measured load, and what is left to come in: one case from its first request to its books. The phase of the load is named as figures of processes are asked for: `measure`. */
export async function conduct(run: LoadRun, loop: LoadLoop, how: Conduct, stopper: (stopper: Stopper) => void): Promise<LoadResult> {
  const phases: Phase[] = []
  const begun = performance.now()
  let aborted: StopReason | undefined
  let wake: () => void = () => {}
  const stopped = new Promise<void>((resolve) => (wake = resolve))
  stopper({
    stop: (reason) => {
      aborted ??= { reason }
      loop.abort()
      wake()
    },
  })
  const phase = async (name: string, work: Promise<void>): Promise<void> => {
    how.onPhase(name)
    const from = performance.now() - begun
    await Promise.race([work, stopped])
    phases.push({ name, from_ms: from, to_ms: performance.now() - begun })
  }

  await phase('warm-up', loop.warmUp(how.warmupMs))
  run.start()
  const starvedBefore = how.starved()
  const usage = ownUsage()
  const look = setInterval(() => {
    const soFar = { ...run.ledger.soFar(), elapsedMs: performance.now() - run.startedAt }
    how.onProgress({ elapsed_ms: soFar.elapsedMs, requests: soFar.requests })
    const reason = how.hopeless(soFar)
    if (reason === undefined || aborted !== undefined) return
    aborted = reason
    loop.abort()
    wake()
  }, lookEveryMs)
  if (aborted === undefined) await phase('measure', loop.measure(how.durationMs))
  how.onPhase('done')
  clearInterval(look)
  const used = usage()
  const endedAt = performance.now()
  run.pool.close()
  await how.settleChecks()

  const elapsedMs = loop.elapsedMs()
  const figures = run.ledger.figures(endedAt)
  const { failures, requests } = figures
  const answered = requests - failures.timeout - failures.connection - failures.protocol
  const verdict = ceiling({
    model: how.model,
    usage: used,
    wantedRate: how.wantedRate,
    achievedRate: elapsedMs > 0 ? (answered / elapsedMs) * 1000 : 0,
    planned: loop.planned,
    dropped: loop.dropped,
    late: loop.late,
    starved: requests > 0 ? (how.starved() - starvedBefore) / requests : 0,
    thinkShare: how.thinkShare(),
  })
  const measurement: LoadTimes = {
    type: 'load',
    model: how.model,
    ...figures,
    elapsed_ms: elapsedMs,
    planned: loop.planned,
    dropped: loop.dropped,
    late: loop.late,
    connections: run.pool.figures(),
    ...(how.wantedRate === undefined ? {} : { wanted_rate: how.wantedRate }),
    ceiling: verdict,
    generator: { cpu_percent: used.cpuPercent, event_loop_utilization: used.utilization },
  }
  return {
    measurement,
    phases,
    findings: [...(aborted === undefined ? [] : [finding('aborted_early', aborted)]), ...loop.findings()],
  }
}
