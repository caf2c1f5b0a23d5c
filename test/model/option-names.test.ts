import { expect, test } from 'vitest'
import { optionNames, refuseUnknownOptions } from '../../src/model/option-names.ts'

test.for([
  ['function', 'tiem', 'time'],
  ['http', 'conections', 'connections'],
  ['http', 'abortOnFail', 'abort_on_fail'],
  ['http', 'requesttimeout', 'requestTimeout'],
  ['users', 'thinktime', 'thinkTime'],
  ['capacity', 'repeat', 'repeats'],
  ['scale', 'set_up', 'setup'],
  ['suite', 'srever', 'server'],
] as const)('bench.%s says what was meant by %s', ([kind, wrong, right]) => {
  expect(() => refuseUnknownOptions(kind, 'search', { [wrong]: 1 })).toThrow(`"search" has the option "${wrong}"`)
  expect(() => refuseUnknownOptions(kind, 'search', { [wrong]: 1 })).toThrow(`did you mean "${right}"?`)
})

test('a name that is near to none lists them all', () => {
  expect(() => refuseUnknownOptions('track', 'size', { zzzzzzzzzz: 1 })).toThrow(/there are id, monitoring_interval_ms, .*unit, better/)
})

test('every known option is accepted', () => {
  for (const kind of ['function', 'compare', 'http', 'scale', 'users', 'capacity', 'track', 'observe', 'suite'] as const) {
    refuseUnknownOptions(kind, 'search', Object.fromEntries(optionNames(kind).map((name) => [name, 1])))
  }
})

test.for([
  ['http', ['iterations', 'warmup_iterations']],
  ['users', ['iterations', 'warmup_iterations']],
  ['capacity', ['iterations', 'warmup_iterations']],
  ['observe', ['iterations', 'warmup_iterations']],
  ['track', ['iterations', 'warmup_iterations', 'time', 'warmup']],
] as const)('bench.%s refuses what means nothing to it', ([kind, options]) => {
  for (const option of options) {
    expect(() => refuseUnknownOptions(kind, 'search', { [option]: 1 })).toThrow(`"${option}", which bench.${kind} does not have`)
    expect(() => refuseUnknownOptions('suite', 'all', { [option]: 1 })).not.toThrow()
  }
})
