import type { AgainstProcess } from '../model/worker-config.ts'
import type { Places } from './places.ts'
import type { PairPlan } from './schedule.ts'
import type { BenchFile, Ran } from './side-messages.ts'
import type { SideName } from './turn-order.ts'
import { TurnsServer } from './turns-server.ts'

export interface PairJob {
  readonly file: BenchFile
  readonly plan: PairPlan
  readonly tests?: readonly string[]
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
  const request = { ...file, ...(tests ? { tests } : {}) }
  if (!together) {
    const second = plan.first === 'base' ? 'head' : 'base'
    const one = await sides[plan.first].run({ ...request, against: process })
    const other = await sides[second].run({ ...request, against: process })
    return plan.first === 'base' ? { base: one, head: other } : { base: other, head: one }
  }
  const turns = await TurnsServer.open(plan.first)
  const run = (side: SideName): Promise<Ran> =>
    sides[side].run({ ...request, against: { ...process, turns: turns.address(side) } }).finally(() => turns.leave(side))
  try {
    const [one, other] = await Promise.all([run('base'), run('head')])
    return { base: one, head: other }
  } finally {
    await turns.close()
  }
}
