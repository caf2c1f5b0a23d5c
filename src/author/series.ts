import { mostProbes } from '../model/declared.ts'
import type { CapacityOptions, CaseSubject, ScaleOptions, UsersOptions } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import type { CaseKind, RequestSource } from '../model/spec.ts'
import { readObjective } from './objective.ts'

/** What cases range over where they do not say. */
export interface Levels {
  readonly data_scales: readonly number[]
  readonly concurrent_users: readonly number[]
}

type Fn = (...args: never[]) => unknown
type Subject<Kind extends CaseSubject['kind']> = Extract<CaseSubject, { kind: Kind }>

export function scaleSubject(name: string, options: ScaleOptions, body: Fn, levels: Levels): Subject<'scale'> {
  if (typeof options?.setup !== 'function' || typeof body !== 'function') {
    throw new PerfError(
      'OPTION_INVALID',
      `bench.scale("${name}") is written bench.scale(name, { over, setup: (n) => subject }, (subject) => …).`,
    )
  }
  const { setup, teardown, memory = true } = options
  return {
    kind: 'scale',
    over: rising(name, options.over ?? levels.data_scales),
    setup,
    teardown,
    body,
    memory,
  }
}

export function usersSubject(name: string, request: RequestSource, options: UsersOptions, levels: Levels): Subject<'users'> {
  refuseShape(name, 'users', options, ['connections', 'users', 'amount', 'rate', 'stages'])
  return { kind: 'users', over: rising(name, options.over ?? levels.concurrent_users), request, load: options }
}

export function capacitySubject(name: string, request: RequestSource, options: CapacityOptions): Subject<'capacity'> {
  refuseShape(name, 'capacity', options, ['connections', 'users', 'amount', 'rate', 'stages', 'duration', 'pipelining', 'session'])
  if (options?.abort_on_fail === true) throw invalid(name, 'abort_on_fail', true, 'a percentage: a search has no gates of its own')
  const keep = [options?.keep ?? []].flat().map((text) => readObjective(name, text))
  if (keep.length === 0) throw invalid(name, 'keep', undefined, "an objective such as 'p99_time_ms < 50'")
  const { from = 10, to = 10_000, step = 1.1, repeats = 3 } = options
  if (!(from > 0) || !Number.isFinite(from)) throw invalid(name, 'from', from, 'a rate above 0')
  if (!(to > from) || !Number.isFinite(to)) throw invalid(name, 'to', to, `a rate above from, which is ${from}`)
  if (!(step > 1 && step <= 2)) throw invalid(name, 'step', step, 'above 1 and at most 2')
  if (!Number.isInteger(repeats) || repeats < 2 || repeats > 10) throw invalid(name, 'repeats', repeats, 'a whole number from 2 to 10')
  return { kind: 'capacity', request, load: options, keep, from, to, step, repeats }
}

/** How often the case measures for its time. */
export function partsOf(subject: CaseSubject): number {
  if (subject.kind === 'capacity') return mostProbes
  return 'over' in subject ? subject.over.length : 1
}

/** The kind whose times a case has by default. */
export function timedAs({ kind }: CaseSubject): CaseKind {
  switch (kind) {
    case 'users':
    case 'capacity':
      return 'http'
    case 'compare':
      return 'function'
    case 'function':
    case 'http':
    case 'scale':
    case 'track':
    case 'observe':
      return kind
  }
}

function rising(name: string, over: readonly number[]): readonly number[] {
  const sizes = [...over].sort((a, b) => a - b)
  const good = sizes.length > 0 && sizes.every((n, index) => Number.isSafeInteger(n) && n >= 1 && n !== sizes[index - 1])
  if (!good) throw invalid(name, 'over', over, 'a list of distinct whole numbers of 1 or more')
  return sizes
}

function refuseShape(name: string, kind: string, options: object, shape: readonly string[]): void {
  const given = shape.find((option) => Object.hasOwn(options ?? {}, option))
  if (given !== undefined) throw new PerfError('OPTION_INVALID', `bench.${kind}("${name}") decides ${given} itself: leave the option out.`)
}

function invalid(name: string, option: string, value: unknown, allowed: string): PerfError {
  return new PerfError('OPTION_INVALID', `The option ${option} of "${name}" is ${JSON.stringify(value)}; it must be ${allowed}.`)
}
