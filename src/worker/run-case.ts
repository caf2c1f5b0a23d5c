import type { TestContext } from 'vitest'
import { slug } from '../model/case-id.ts'
import { caseKindOf, type DeclaredCase } from '../model/declared.ts'
import { finding, type Finding } from '../model/finding.ts'
import { PerfError } from '../model/error.ts'
import type { CaseIdentity } from '../model/spec.ts'
import type { Measured } from '../model/measured.ts'
import type { RunningServer } from '../model/server.ts'
import { sendCases } from '../record/send.ts'
import { againstProcess, isWanted } from './against-process.ts'
import { controlCase } from './control-case.ts'
import { dispatch, partOf, present, watchedWhole, wholeSeries } from './dispatch.ts'
import { failedCase } from './failed-case.ts'
import { identify } from './identify.ts'
import { measuredCase } from './measured-case.ts'
import { caseBegins, NotApplicable, notApplicable } from './not-applicable.ts'
import { blocksOf, runHttpBlocks } from './run-http-blocks.ts'
import { pendingUntilOver } from './pending-cases.ts'
import { watching } from './sampling-of-case.ts'
import { serversOfFile } from './servers-of-file.ts'
import { turnsOf } from './turns.ts'
import { printInVitestTable } from './vitest-table.ts'

type CaseContext = TestContext & { readonly server?: RunningServer; readonly serverIfAny?: RunningServer }

/** Runs one declared case: sample around it, measure it, send what it left behind, show it in Vitest's own table. */
export function runCase(declared: DeclaredCase, context: CaseContext, items: readonly unknown[]): Promise<void> {
  return pendingUntilOver(runToTheEnd(declared, context, items))
}

async function runToTheEnd(declared: DeclaredCase, context: CaseContext, items: readonly unknown[]): Promise<void> {
  const { task } = context
  caseBegins(task)
  const kind = caseKindOf[declared.subject.kind]
  const identity = identify(task, { name: declared.name, id: declared.options.id, kind })
  const server = context.server ?? context.serverIfAny
  if (!wholeSeries(declared, identity).some(({ id }) => isWanted(id))) context.skip('left out')
  try {
    const cases = await measure(declared, identity, context, items, server)
    await sendCases(task, [...cases, ...(await controlCase(task, cases[0]))])
    if (!againstProcess()) await printInVitestTable(context, cases)
  } catch (error) {
    // The body of a function case throws inside its loop, and what comes out names the call.
    const cause = error instanceof PerfError ? error.cause : error
    if (cause instanceof NotApplicable) {
      const reason = cause.message
      await sendCases(
        task,
        wholeSeries(declared, identity).map((identity) => ({ state: 'not_applicable', identity, findings: [], reason })),
      )
      context.skip(`not applicable: ${reason}`)
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
  if (against && subject.kind === 'capacity') notApplicable('the steps of a search are too wide to compare two versions by')
  if (against && subject.kind === 'http' && subject.distributed) notApplicable('a load by Artillery cannot be cut into turns')
  if (against && subject.kind === 'http' && server?.pid === 0) notApplicable('a server that runs already is the same for both versions')
  const turns = await turnsOf(context.task, {
    blocks: against && subject.kind === 'http' ? blocksOf(subject, against) : 1,
    timeoutMs: declared.options.timeoutMs,
    signal: context.signal,
  })
  const watch = watching({
    server,
    intervalMs: declared.options.intervalMs,
    signal: turns.signal,
    retainedHeap: subject.kind === 'observe' && subject.leak,
  })
  const parts =
    against && subject.kind === 'http'
      ? await watchedWhole(declared, watch, (tools) =>
          runHttpBlocks(declared, subject, present(server, declared), tools, { against, turns }),
        )
      : await turns.block(() => dispatch(declared, context, items, server, watch))
  const restarted = server ? restartOf(server) : []
  const named = ({ key }: { key?: string }) =>
    key === undefined ? identity : { ...identity, ...partOf(identity, slug(key)), name: `${identity.name} ${key}` }
  const [first] = parts
  const group = first && subject.kind === 'compare' ? { group: { name: declared.name, base: named(first).id } } : {}
  return parts.map((part) => {
    const noticed = part === first ? restarted : []
    return measuredCase(named(part), part, { options: declared.options, server, findings: noticed, ...group })
  })
}

/** A server that crashed was replaced without a word: the first case of the new one says so. */
function restartOf(server: RunningServer): Finding[] {
  const times = serversOfFile()?.restartsBefore(server) ?? 0
  return times === 0 ? [] : [finding('server_restarted', { times })]
}
