import type { TestModule, Vitest } from 'vitest/node'
import { declaredIn, gather, isWorkerDeath } from '../main/gather.ts'
import { controlId } from '../worker/control-id.ts'
import type { RunWatch } from '../main/run-watch.ts'
import { fileErrors, withoutPlace } from './plain-errors.ts'
import type { Ran, RunRequest } from './side-messages.ts'
import { isStopped, plainStop } from './stopped-case.ts'

export interface EndedRun {
  readonly modules: readonly TestModule[]
  readonly unhandled: readonly unknown[]
  readonly watch: RunWatch
  readonly vitest: Vitest
}

/** What one process of one file left behind, also where a case blocked it or ended it. */
export function ranOf({ tests: asked }: Pick<RunRequest, 'tests'>, { modules, unhandled, watch, vitest }: EndedRun): Ran {
  const all = modules.flatMap((module) => [...module.children.allTests()])
  const declared = modules.flatMap((module) => declaredIn(module, vitest.config.root))
  const testOf: Record<string, string> = Object.fromEntries(declared.map(({ identity, test }) => [identity.id, test]))
  for (const test of all) for (const { identity } of watch.received.of(test.id)) testOf[identity.id] = test.id
  const cut = all.filter((test) => test.result().state === 'pending')
  const culprits = new Set(cut.filter(({ id }) => watch.isUnderWay(id)).map(({ id }) => id))
  const behind = new Set(cut.filter(({ id }) => !culprits.has(id)).map(({ id }) => id))
  const testOfCase = ({ identity }: { readonly identity: { readonly id: string } }): string => testOf[identity.id] ?? ''
  const errors = unhandled as readonly Error[]
  const death = errors.find(isWorkerDeath)
  // Where a case is known to have ended the process, that is an error of the case, not of the file.
  const others = culprits.size > 0 ? errors.filter((error) => error !== death) : errors
  const gathered = gather(modules, others as never, watch.received, vitest, watch.watchdog)
  const ran = gathered.cases.map((one) => plainStop(one, culprits.has(testOfCase(one)) ? (death ?? {}) : undefined))
  const control = ran.find(({ identity }) => identity.id === controlId)
  const place = vitest.config.root
  const cases = ran.filter((one) => one !== control && (!asked || asked.includes(testOfCase(one)))).map((one) => withoutPlace(one, place))
  return {
    cases,
    ...(control ? { control } : {}),
    tests: testOf,
    declared,
    errors: fileErrors(gathered.errors, place),
    stopped: cases.filter(isStopped).map(({ identity }) => identity.id),
    unreached: culprits.size > 0 ? cases.filter((one) => behind.has(testOfCase(one))).map(({ identity }) => identity.id) : [],
  }
}
