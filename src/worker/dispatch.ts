import { caseKindOf, type DeclaredCase } from '../model/declared.ts'
import type { CaseIdentity } from '../model/spec.ts'
import type { RunningServer } from '../model/server.ts'
import type { CaseTools, Outcome, Watch, WatchedOutcome } from './outcome.ts'
import { runCapacity } from './run-capacity.ts'
import { runCompare, runFunction } from './run-function.ts'
import { runDistributed } from './run-distributed.ts'
import { runHttp } from './run-http.ts'
import { runObserve } from './run-observe.ts'
import { runScale } from './run-scale.ts'
import { runTrack } from './run-track.ts'
import { runUsers } from './run-users.ts'
import { serverMissing } from './servers.ts'

/** Runs a case as its kind is run. A series watches each of its parts on its own, every other kind is watched as a whole. */
export function dispatch(
  declared: DeclaredCase,
  context: unknown,
  items: readonly unknown[],
  server: RunningServer | undefined,
  watch: Watch,
): Promise<WatchedOutcome[]> {
  const { subject } = declared
  const whole = (run: (tools: CaseTools) => Promise<Outcome[]>) => watchedWhole(declared, watch, run)
  switch (subject.kind) {
    case 'function':
      return whole((tools) => runFunction(declared, subject, context, items, tools))
    case 'compare':
      return whole((tools) => runCompare(declared, subject, context, tools))
    case 'http':
      if (subject.distributed) return whole((tools) => runDistributed(declared, subject, present(server, declared), tools))
      return whole((tools) => runHttp(declared, subject, present(server, declared), tools))
    case 'scale':
      return runScale(declared, subject, context, watch)
    case 'users':
      return runUsers(declared, subject, present(server, declared), watch)
    case 'capacity':
      return whole((tools) => runCapacity(declared, subject, present(server, declared), tools))
    case 'track':
      return whole((tools) => runTrack(declared, subject, context, tools))
    case 'observe':
      return whole((tools) => runObserve(declared, subject, context, tools))
  }
}

export async function watchedWhole(
  { subject }: DeclaredCase,
  watch: Watch,
  run: (tools: CaseTools) => Promise<Outcome[]>,
): Promise<WatchedOutcome[]> {
  const { result, watched } = await watch(run)
  return result.map((outcome) => ({ ...outcome, kind: caseKindOf[subject.kind], watched }))
}

export function present(server: RunningServer | undefined, { name }: DeclaredCase): RunningServer {
  if (!server) throw serverMissing(name)
  return server
}

/** A case and the sizes or levels that stand beside it. */
export function wholeSeries({ subject }: DeclaredCase, identity: CaseIdentity): CaseIdentity[] {
  const over = 'over' in subject ? subject.over : []
  return [identity, ...over.map((n) => ({ ...identity, ...partOf(identity, String(n)) }))]
}

export function partOf({ id, name }: CaseIdentity, key: string): Pick<CaseIdentity, 'id' | 'operation' | 'name'> {
  return { id: `${id}_${key}`, operation: `${id}_${key}`, name: `${name} ${key}` }
}
