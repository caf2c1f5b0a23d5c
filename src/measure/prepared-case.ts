import type { FunctionSpec } from '../model/spec.ts'
import type { OnPhase } from './function-phase.ts'
import { threw } from './failure.ts'
import type { TimedBody } from './timed-body.ts'
import { timedBody } from './timed-body.ts'
import type { WarmedUp } from './warm-up.ts'
import { warmUp } from './warm-up.ts'

export interface PreparedCase {
  readonly spec: FunctionSpec
  readonly body: TimedBody
  readonly warmed: WarmedUp
}

/** Sets a case up and warms it. The caller tears it down, whatever happens. */
export async function prepare(spec: FunctionSpec, onPhase: OnPhase): Promise<PreparedCase> {
  if (spec.setup) onPhase('setup')
  try {
    await spec.setup?.(spec.context)
  } catch (cause) {
    throw threw(spec.name, 'in setup', cause)
  }
  onPhase('warm-up')
  const body = await timedBody(spec)
  return { spec, body, warmed: await warmUp(body, spec) }
}

export async function tearDown(spec: FunctionSpec): Promise<void> {
  try {
    await spec.teardown?.(spec.context)
  } catch (cause) {
    throw threw(spec.name, 'in teardown', cause)
  }
}
