import type { TestContext } from 'vitest'
import { slug } from '../model/case-id.ts'
import { caseKindOf, type DeclaredCase } from '../model/declared.ts'
import type { CaseIdentity } from '../model/spec.ts'
import type { Measured, MeasuredCase } from '../model/measured.ts'
import type { RunningServer } from '../model/server.ts'
import { sendCases } from '../record/send.ts'
import { againstProcess, isWanted } from './against-process.ts'
import { controlCase } from './control-case.ts'
import { failedCase } from './failed-case.ts'
import { identify } from './identify.ts'
import { NotApplicable, notApplicable } from './not-applicable.ts'
import type { CaseTools, Outcome } from './outcome.ts'
import { runCompare, runFunction } from './run-function.ts'
import { runHttp } from './run-http.ts'
import { blocksOf, runHttpBlocks } from './run-http-blocks.ts'
import { runObserve } from './run-observe.ts'
import { runTrack } from './run-track.ts'
import { sampled } from './sampling-of-case.ts'
import { serverMissing } from './servers.ts'
import { turnsOf } from './turns.ts'
import { printInVitestTable } from './vitest-table.ts'

type CaseContext = TestContext & { readonly server?: RunningServer; readonly serverIfAny?: RunningServer }

/** Runs one declared case: sample around it, measure it, send what it left behind, show it in Vitest's own table. */
export async function runCase(declared: DeclaredCase, context: CaseContext, items: readonly unknown[]): Promise<void> {
  const { task } = context
  const kind = caseKindOf[declared.subject.kind]
  const identity = identify(task, { name: declared.name, id: declared.options.id, kind })
  const server = context.server ?? context.serverIfAny
  if (!isWanted(identity.id)) context.skip('left out')
  try {
    const cases = await measure(declared, identity, context, items, server)
    await sendCases(task, [...cases, ...(await controlCase(task, cases[0]))])
    if (!againstProcess()) await printInVitestTable(context, cases)
  } catch (error) {
    if (error instanceof NotApplicable) {
      await sendCases(task, [{ state: 'not_applicable', identity, findings: [], reason: error.message }])
      context.skip(`not applicable: ${error.message}`)
    }
    await sendCases(task, [failedCase(identity, error, server)])
    throw error
  }
}

async function measure(
  declared: DeclaredCase,
  identity: CaseIdentity,
  context: CaseContext,
  items: readonly unknown[],
  server: RunningServer | undefined,
): Promise<Measured[]> {
  const against = againstProcess()
  const { subject } = declared
  if (against && subject.kind === 'observe') notApplicable('a window of watching has no figure that two versions could be compared by')
  const turns = await turnsOf(context.task, against && subject.kind === 'http' ? blocksOf(subject, against) : 1)
  const started_at = Date.now()
  const start = performance.now()
  const watching = { server, intervalMs: declared.options.intervalMs, signal: context.signal, retainedHeap: subject.kind === 'observe' }
  const { result, ...watched } =
    against && subject.kind === 'http'
      ? await sampled(watching, (tools) => runHttpBlocks(declared, subject, present(server, declared), tools, { against, turns }))
      : await turns.block(() => sampled(watching, (tools) => dispatch(declared, context, items, server, tools)))
  const base = identity.id
  const group = result.length > 1 ? { group: { name: declared.name, base: partId(base, result[0]) } } : {}
  return result.map((outcome): MeasuredCase => {
    const id = partId(base, outcome)
    return {
      state: 'measured',
      identity: { ...identity, id, operation: id, name: outcome.key === undefined ? identity.name : `${identity.name} ${outcome.key}` },
      started_at,
      duration_ms: performance.now() - start,
      measurement: outcome.measurement,
      phases: watched.phases,
      resources: watched.resources,
      covariates: watched.covariates,
      findings: [...outcome.findings, ...watched.findings],
      ...group,
      ...(server?.startup_time_ms === undefined ? {} : { startup_time_ms: server.startup_time_ms }),
      ...(declared.options.regressionThreshold === undefined ? {} : { regression_threshold_percent: declared.options.regressionThreshold }),
    }
  })
}

function dispatch(
  declared: DeclaredCase,
  context: CaseContext,
  items: readonly unknown[],
  server: RunningServer | undefined,
  tools: CaseTools,
): Promise<Outcome[]> {
  const { subject } = declared
  switch (subject.kind) {
    case 'function':
      return runFunction(declared, subject, context, items, tools)
    case 'compare':
      return runCompare(declared, subject, context, tools)
    case 'http':
      return runHttp(declared, subject, present(server, declared), tools)
    case 'track':
      return runTrack(declared, subject, context, tools)
    case 'observe':
      return runObserve(declared, subject, context, tools)
  }
}

function present(server: RunningServer | undefined, { name }: DeclaredCase): RunningServer {
  if (!server) throw serverMissing(name)
  return server
}

function partId(base: string, outcome: Outcome | undefined): string {
  return outcome?.key === undefined ? base : `${base}_${slug(outcome.key)}`
}
