import type { AgainstProcess } from '../model/worker-config.ts'
import type { Places } from './places.ts'
import type { PairPlan } from './schedule.ts'
import type { BenchFile, Ran } from './side-messages.ts'
import type { SideName } from './turn-order.ts'
import { TurnsServer } from './turns-server.ts'

export interface PairJob {
  readonly file: BenchFile
  readonly plan: PairPlan
  /** Vitest's ids of the tests that a side runs; `undefined` for all. */
  readonly tests: (side: SideName) => readonly string[] | undefined
  readonly process: AgainstProcess
  /** Both processes live at the same time and take turns: where a process starts a server. */
  readonly together: boolean
}

/** One fresh process of each side, next to each other. */
export async function runPair(places: Places, job: PairJob): Promise<Record<SideName, Ran>> {
  const { file, plan, tests, process, together } = job
  await places.arrange(plan.swapped)
  const [base, head] = await Promise.all([places.side('base'), places.side('head')])
  const sides = { base, head }
  const start = (side: SideName, against: AgainstProcess): Promise<Ran> => {
    const chosen = tests(side)
    return sides[side].run({ ...file, ...(chosen ? { tests: chosen } : {}), against })
  }
  if (!together) {
    const second = plan.first === 'base' ? 'head' : 'base'
    const one = await start(plan.first, process)
    const other = await start(second, process)
    return plan.first === 'base' ? { base: one, head: other } : { base: other, head: one }
  }
  const turns = await TurnsServer.open(plan.first)
  const run = (side: SideName): Promise<Ran> => start(side, { ...process, turns: turns.address(side) }).finally(() => turns.leave(side))
  try {
    const [one, other] = await Promise.all([run('base'), run('head')])
    return { base: one, head: other }
  } finally {
    await turns.close()
  }
}
