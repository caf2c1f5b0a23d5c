import { relative, sep } from 'node:path'
import type { SerializedError, TestError } from 'vitest'
import type { TestCase, TestModule, Vitest } from 'vitest/node'
import { slug } from '../model/case-id.ts'
import { PerfError } from '../model/error.ts'
import type { CaseError, FailedCase, Measured } from '../model/measured.ts'
import type { CaseIdentity } from '../model/spec.ts'
import type { ReceivedCases } from '../record/receive.ts'
import { Watchdog } from './watchdog.ts'

export interface Gathered {
  readonly cases: readonly Measured[]
  /** Errors that belong to no case: files that do not load, workers that died. */
  readonly errors: readonly CaseError[]
}

/** Every benchmark of the run with what it left behind; tests that failed or never ran keep their place, without numbers. */
export function gather(
  modules: readonly TestModule[],
  unhandled: readonly SerializedError[],
  received: ReceivedCases,
  vitest: Vitest,
  watchdog: Watchdog = new Watchdog(),
): Gathered {
  const ours = modules.filter((module) => module.project.config.benchmark.enabled)
  const cases = ours.flatMap((module) =>
    [...module.children.allTests()].flatMap((test) => casesOf(test, received.of(test.id), watchdog, vitest.config.root)),
  )
  const errors = [
    ...ours.flatMap((module) => module.errors().map((error) => plainError(error, module.relativeModuleId))),
    ...ours.flatMap((module) =>
      [...module.children.allSuites()].flatMap((suite) => suite.errors().map((error) => plainError(error, suite.fullName))),
    ),
    ...unhandled.filter((error) => !(watchdog.bit && isWorkerDeath(error))).map((error) => plainError(error as TestError)),
  ]
  return { cases: qualifyByProject(cases), errors }
}

/** Every case that a file declares, whether or not it ran; `active` is false for those that are skipped or yet to be written. */
export function declaredIn(
  module: TestModule,
  root: string,
): { readonly identity: CaseIdentity; readonly active: boolean; readonly test: string }[] {
  return [...module.children.allTests()].flatMap((test) => {
    const active = test.options.mode === 'run' || test.options.mode === 'only'
    return identitiesOf(test, root).map((identity) => ({ identity, active, test: test.id }))
  })
}

function casesOf(test: TestCase, sent: readonly Measured[], watchdog: Watchdog, root: string): Measured[] {
  const result = test.result()
  const identities = sent.length > 0 ? sent.map(({ identity }) => identity) : identitiesOf(test, root)
  switch (result.state) {
    case 'passed':
      return [...sent]
    case 'failed':
      return identities.map((identity) => failed(test, identity, sent, result.errors))
    case 'pending': {
      // Its worker died. What it had sent by then was whole.
      if (sent.length > 0) return [...sent]
      const error = unfinished(test, watchdog)
      return identities.map((identity) => ({ state: 'failed', identity, findings: [], errors: [error] }))
    }
    case 'skipped': {
      const reason = result.note ?? test.options.mode
      // A case that an interruption cut short is skipped for Vitest, and what it had measured is kept.
      const known = sent.filter(({ state }) => state === 'not_applicable' || state === 'measured')
      if (known.length > 0) return known
      // A fixture said so, before there was a case that could send it.
      const why = /^not applicable: ([\s\S]+)/.exec(reason)?.[1]
      return identities.map((identity) =>
        why === undefined
          ? { state: 'skipped', identity, findings: [], reason }
          : { state: 'not_applicable', identity, findings: [], reason: why },
      )
    }
  }
}

function unfinished(test: TestCase, watchdog: Watchdog): CaseError {
  const timeout = watchdog.timeoutOf(test.id)
  if (timeout === undefined) return { message: 'The run ended before this case did.' }
  return timedOut(test, `${timeout} ms and blocked its process, which was ended`)
}

function timedOut(test: TestCase, within: string): CaseError {
  const place = { file: test.module.relativeModuleId, ...(test.location ? { line: test.location.line } : {}) }
  const { message, code } = new PerfError('CASE_TIMEOUT', `"${test.name}" did not come back within ${within}.`, { place })
  return { message, code }
}

export function isWorkerDeath({ message }: { readonly message: string }): boolean {
  return /worker .*(emitted error|exited unexpectedly)/i.test(message)
}

/** Vitest's errors say why the test failed; what the worker sent adds the server's last words. A timeout that both noticed is told once, with its place. */
function failed(test: TestCase, identity: CaseIdentity, sent: readonly Measured[], errors: readonly TestError[]): FailedCase {
  const own = sent.find((one): one is FailedCase => one.state === 'failed' && one.identity.id === identity.id)
  const plain = errors.map((error) => {
    const limit = /^Test timed out in (\d+) ?ms/.exec(error.message)?.[1]
    return limit === undefined ? plainError(error) : timedOut(test, `${limit} ms`)
  })
  const isTold = ({ message, code }: CaseError) =>
    plain.some((error) => error.message === message || (code === 'CASE_TIMEOUT' && error.code === code))
  const more = own?.errors.filter((error) => !isTold(error)) ?? []
  return { state: 'failed', identity, findings: [], errors: [...plain, ...more] }
}

/** For tests of which nothing was sent: our mark, or the name alone for native benchmarks. */
function identitiesOf(test: TestCase, root: string): CaseIdentity[] {
  const mark = test.meta().vitestPerf
  const base = mark?.id ?? (mark ? slug(test.name) : slug(test.fullName))
  const ids = mark?.keys?.map((key) => `${base}_${slug(key)}`) ?? [base, ...(mark?.over ?? []).map((n) => `${base}_${n}`)]
  return ids.map((id) => ({
    id,
    operation: id,
    suite: test.parent.type === 'suite' ? test.parent.fullName : '',
    name: test.name,
    file: relative(root, test.module.moduleId).split(sep).join('/'),
    line: test.location?.line ?? 0,
    kind: mark?.kind ?? 'function',
    project: test.project.name,
  }))
}

/** The same file run by several Vitest projects gives each id once a project: those ids are qualified, `<project>:<id>`. */
export function qualifyByProject<Case extends Measured>(cases: readonly Case[]): Case[] {
  const projectsOf = new Map<string, Set<string>>()
  for (const { identity } of cases) projectsOf.set(identity.id, (projectsOf.get(identity.id) ?? new Set()).add(identity.project))
  return cases.map((measured) => {
    const { identity } = measured
    if ((projectsOf.get(identity.id)?.size ?? 0) < 2) return measured
    return { ...measured, identity: { ...identity, id: `${prefixOf(identity)}${identity.id}` } }
  })
}

/** The id as it was before it was qualified: another part of the run may show that it must be, or the same part that it had to. */
export function unqualified<Case extends Measured>(measured: Case): Case {
  const { identity } = measured
  const isQualified = identity.id === `${prefixOf(identity)}${identity.operation}`
  return isQualified ? { ...measured, identity: { ...identity, id: identity.operation } } : measured
}

function prefixOf({ project }: CaseIdentity): string {
  return `${slug(project.replace(/ ?\(bench\)$|^bench$/, '')) || 'root'}:`
}

function plainError(error: TestError | SerializedError, where?: string): CaseError {
  const message = [where, error.message].filter(Boolean).join(': ')
  const code = (error as { code?: unknown }).code
  return { message, ...(error.stack ? { stack: error.stack } : {}), ...(typeof code === 'string' ? { code } : {}) }
}
