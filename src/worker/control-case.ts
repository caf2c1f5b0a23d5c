import { measureFunction } from '../measure/measure-function.ts'
import type { MeasuredCase } from '../model/measured.ts'
import type { TestContext } from 'vitest'
import { againstProcess, forThisProcess } from './against-process.ts'
import { controlId } from './control-id.ts'
import { covariatesAround } from './covariates-around.ts'
import { turnsOf } from './turns.ts'

let done = false

/**
 * The control of a comparison, once a process: a body of ours, so the same code on both sides, measured as every other case is. What the rule
 * says about it tells how often it would call unchanged code slower on this machine.
 */
export async function controlCase(task: TestContext['task'], after: Pick<MeasuredCase, 'identity'> | undefined): Promise<MeasuredCase[]> {
  if (done || !after || !againstProcess()?.control) return []
  done = true
  const started_at = Date.now()
  const spec = forThisProcess({
    name: controlId,
    body: work,
    context: undefined,
    timeMs: 0,
    warmupMs: 0,
    minimumSampleMs: 1,
    memory: false,
  })
  const turns = await turnsOf(task, { blocks: 1, timeoutMs: 60_000, signal: task.context.signal })
  const { result, covariates } = await turns.block(() => covariatesAround(() => measureFunction(spec)))
  const identity = { ...after.identity, id: controlId, operation: controlId, suite: '', name: 'control', kind: 'function' as const }
  return [
    {
      state: 'measured',
      identity,
      started_at,
      duration_ms: Date.now() - started_at,
      measurement: result.measurement,
      phases: [],
      resources: [],
      covariates,
      findings: [],
    },
  ]
}

const words = Array.from({ length: 200 }, (_, index) => `word${(index * 7919) % 997}`)

/** Some of everything that programs do: strings, objects, sorting, arithmetic. */
function work(): number {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word.slice(0, 5), (counts.get(word.slice(0, 5)) ?? 0) + word.length)
  return [...counts.entries()]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .reduce((sum, [, count], at) => sum + count / (at + 1), 0)
}
