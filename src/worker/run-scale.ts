import v8 from 'node:v8'
import { forceGc } from '../measure/force-gc.ts'
import { measureFunction } from '../measure/measure-function.ts'
import { finding } from '../model/finding.ts'
import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import type { ScalePoint } from '../model/measured.ts'
import type { FunctionSpec } from '../model/spec.ts'
import { settleConstantExports } from './constant-exports.ts'
import type { CaseTools, Outcome, Watch, WatchedOutcome } from './outcome.ts'
import { specOf, withGetters } from './run-function.ts'
import { seriesOf } from './series-outcome.ts'

type ScaleSubject = Extract<CaseSubject, { kind: 'scale' }>

/** Each size in turn, watched on its own: set up, measured as a function, torn down, and collected before the next. */
export async function runScale(declared: DeclaredCase, subject: ScaleSubject, context: unknown, watch: Watch): Promise<WatchedOutcome[]> {
  const parts: WatchedOutcome[] = []
  const points: ScalePoint[] = []
  let unknownHeap: string | undefined
  for (const n of subject.over) {
    const { result, watched } = await watch((tools) => oneSize(declared, subject, n, context, tools))
    const { outcome, heap } = result
    if (outcome.measurement.type !== 'samples') continue
    if (heap.reason !== undefined) unknownHeap = heap.reason
    points.push({ n, times: outcome.measurement, ...(heap.bytes === undefined ? {} : { heap_bytes: heap.bytes }) })
    parts.push({ ...outcome, key: String(n), kind: 'function', watched })
  }
  const findings = unknownHeap === undefined ? [] : [finding('no_memory_pass', { reason: unknownHeap })]
  return [seriesOf({ type: 'scale', points }, findings, parts), ...parts]
}

interface HeapGrowth {
  readonly bytes?: number
  readonly reason?: string
}

async function oneSize(
  declared: DeclaredCase,
  subject: ScaleSubject,
  n: number,
  context: unknown,
  tools: CaseTools,
): Promise<{ outcome: Outcome; heap: HeapGrowth }> {
  const setup = subject.setup as (n: number, context: unknown) => unknown
  const teardown = subject.teardown as ((subject: unknown, context: unknown) => unknown) | undefined
  const body = subject.body as (subject: unknown, context: unknown) => unknown
  tools.phase('setup')
  const before = retained()
  const made = await setup(n, context)
  try {
    const after = retained()
    // A body that wants the subject alone pays for no wrapper.
    const called = (body.length < 2 ? body : (one: unknown) => body(one, context)) as FunctionSpec['body']
    const spec = specOf(declared, `${declared.name} ${n}`, called, made, subject.memory, tools.signal)
    settleConstantExports()
    const outcome = withGetters(await measureFunction(spec, tools.phase), subject.body as never)
    const heap =
      typeof before === 'number' && typeof after === 'number' ? { bytes: Math.max(0, after - before) } : { reason: String(after) }
    return { outcome, heap }
  } finally {
    if (teardown) tools.phase('teardown')
    await teardown?.(made, context)
  }
}

/** Bytes that survive a collection, buffers included; the reason where this engine cannot be made to collect. */
function retained(): number | string {
  try {
    forceGc()
    forceGc()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  const { used_heap_size: heap, external_memory: external } = v8.getHeapStatistics()
  return heap + external
}
