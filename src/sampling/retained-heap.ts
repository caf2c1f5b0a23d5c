import { setTimeout } from 'node:timers/promises'
import { toMegabytes } from '../model/units.ts'
import type { AgentHub } from './agent-hub.ts'
import { now } from './clock.ts'
import type { RetainedPoint } from './leak.ts'

/** Ten points in the shortest window that can tell a slope. */
const shortestPause_ms = 500
/** So many points come at the shortest pause, however long a collection takes: fewer would tell nothing. */
const pointsFirst = 10
/** After them collections may take this share of the server's time. */
const share = 0.02
const longestWait_ms = 2000

/** Forces collections in the agents of a tree and keeps what survived. */
export interface RetainedHeap {
  /** Collects if it is due; does not wait. */
  tick(): void
  /** Collects once more, for the last point. */
  finish(): Promise<void>
  measured(inside: boolean): void
  points(wholeRun: boolean): readonly RetainedPoint[]
}

export function followRetainedHeap(hub: AgentHub): RetainedHeap {
  let points: (RetainedPoint & { readonly inside: boolean })[] = []
  let processes = ''
  let inside = false
  let due = 0
  let running: Promise<void> | undefined

  async function collect(): Promise<void> {
    const connections = hub.connections()
    const answers = await Promise.all(connections.map((connection) => connection.ask({ collect: true })))
    const survived = answers.map((answer) => answer?.retained).filter((retained) => retained !== undefined)
    if (survived.length === 0 || survived.length < connections.length) return
    const at_ms = now()
    const took_ms = Math.max(...survived.map((retained) => retained.took_ms))
    due = at_ms + Math.max(shortestPause_ms, points.length < pointsFirst ? 0 : took_ms / share)
    const pids = connections.map(({ pid }) => pid).join()
    // A sum over other processes is another line.
    if (pids !== processes) points = []
    processes = pids
    points.push({ at_ms, mb: toMegabytes(survived.reduce((sum, { bytes }) => sum + bytes, 0)), inside })
  }
  function start(): Promise<void> {
    running ??= collect().finally(() => {
      running = undefined
    })
    return running
  }

  return {
    tick() {
      if (now() >= due && hub.connections().length > 0) void start()
    },
    async finish() {
      if (hub.connections().length > 0) await Promise.race([start(), setTimeout(longestWait_ms, undefined, { ref: false })])
    },
    measured(now) {
      inside = now
    },
    points: (wholeRun) => points.filter((point) => wholeRun || point.inside),
  }
}
