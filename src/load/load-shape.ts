import { PerfError } from '../model/error.ts'
import { loadDefaults } from '../model/load-defaults.ts'
import type { HttpSpec } from '../model/spec.ts'
import type { ClosedShape, LoadJob, OpenShape, Stage, UsersShape } from './job.ts'
import { OptionCheck } from './option-check.ts'

/** One of the three load models. @throws PerfError OPTION_INVALID where options of two are given, or one is out of range */
export function shapeOf(spec: HttpSpec): LoadJob['shape'] {
  const given = {
    'connections (closed loop)': spec.connections ?? spec.amount ?? spec.pipelining,
    'a rate (open loop)': spec.rate ?? spec.stages,
    'users and a session': spec.users ?? spec.session,
  }
  const models = Object.entries(given).flatMap(([model, option]) => (option === undefined ? [] : [model]))
  if (models.length > 1) throw new PerfError('OPTION_INVALID', `The case "${spec.name}" has ${models.join(' and ')}; a load has one model.`)
  const check = new OptionCheck(spec.name)
  const isOpen = spec.rate !== undefined || spec.stages !== undefined
  const hasUsers = spec.users !== undefined || spec.session !== undefined
  refuseIdle(spec, ['arrivals', 'maxInFlight'], isOpen, 'a rate or stages')
  refuseIdle(spec, ['rampUp', 'thinkTime'], hasUsers, 'users or a session')
  if (isOpen) return openShape(spec, check)
  return hasUsers ? usersShape(spec, check) : closedShape(spec, check)
}

/** An option of a model that the load does not have would do nothing. */
function refuseIdle(spec: HttpSpec, options: readonly (keyof HttpSpec)[], hasModel: boolean, wanted: string): void {
  const idle = hasModel ? undefined : options.find((option) => spec[option] !== undefined)
  if (idle !== undefined) throw new PerfError('OPTION_INVALID', `The option ${idle} of "${spec.name}" needs ${wanted} beside it.`)
}

function usersShape(spec: HttpSpec, check: OptionCheck): UsersShape {
  return {
    model: 'users',
    users: check.whole('users', spec.users ?? loadDefaults.users),
    rampUpMs: check.milliseconds('rampUp', spec.rampUp ?? 0),
    thinkMs: check.milliseconds('thinkTime', spec.thinkTime ?? 0),
  }
}

function closedShape(spec: HttpSpec, check: OptionCheck): ClosedShape {
  return {
    model: 'closed',
    connections: check.whole('connections', spec.connections ?? loadDefaults.connections),
    pipelining: check.whole('pipelining', spec.pipelining ?? loadDefaults.pipelining),
    amount: spec.amount === undefined ? undefined : check.whole('amount', spec.amount),
  }
}

function openShape(spec: HttpSpec, check: OptionCheck): OpenShape {
  const from = spec.rate ?? 0
  if (spec.stages !== undefined && (!Array.isArray(spec.stages) || spec.stages.length === 0)) {
    throw check.wrong('stages', spec.stages, 'a list of { rate, duration }, at least one')
  }
  let before = check.positive('rate', spec.rate ?? spec.stages?.[0]?.rate ?? 0)
  const stages: Stage[] = (spec.stages ?? [{ rate: from, duration: spec.durationMs }]).map(({ rate, duration }, index) => {
    const fromRate = index === 0 && spec.rate === undefined ? 0 : before
    before = rate
    if (!(rate >= 0) || !Number.isFinite(rate)) throw check.wrong(`stages[${index}].rate`, rate, 'a number of requests per second')
    return { fromRate, toRate: rate, durationMs: check.milliseconds(`stages[${index}].duration`, duration) }
  })
  return {
    model: 'open',
    stages,
    arrivals: check.oneOf('arrivals', spec.arrivals ?? loadDefaults.arrivals, ['constant', 'poisson']),
    maxInFlight: check.whole('maxInFlight', spec.maxInFlight ?? loadDefaults.maxInFlight),
  }
}
