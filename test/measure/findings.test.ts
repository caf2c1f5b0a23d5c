import { fork } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { measureFunction } from '../../src/measure/measure-function.ts'
import { ownProcessEnvironment } from '../../src/model/own-process.ts'
import { steadyState } from '../../src/stats/steady-state.ts'
import { functionSpec, mostRunsShow, spin, step } from './function-spec.ts'

const codes = (findings: readonly { code: string }[]): string[] => findings.map(({ code }) => code)

describe('optimised_away', () => {
  test('is found where nothing is left of the body but the loop', async () => {
    const isFound = await mostRunsShow(async () => {
      const { findings } = await measureFunction(functionSpec(() => undefined, { warmupMs: 60 }))
      return codes(findings).includes('optimised_away')
    })
    expect(isFound).toBe(true)
  })

  test('is not found where the body works, however quick it is', async () => {
    const { findings } = await measureFunction(functionSpec(step(), { warmupMs: 60 }))
    expect(codes(findings)).not.toContain('optimised_away')
  })
})

describe('steady state', () => {
  test('the label is that of the kept samples, and anything but flat is a finding', async () => {
    const isFound = await mostRunsShow(async () => {
      let calls = 0
      const { measurement, findings } = await measureFunction(
        functionSpec(() => spin(2 ** (calls++ >> 5)), { warmupMs: 0, timeMs: 400, iterations: 125 }),
      )
      expect(measurement.steady_state).toBe(steadyState(measurement.ns_per_call).label)
      expect(codes(findings).includes('no_steady_state')).toBe(!['flat', 'unknown'].includes(measurement.steady_state))
      return codes(findings).includes('no_steady_state')
    })
    expect(isFound).toBe(true)
  })

  test('too few samples have no label', async () => {
    const { measurement } = await measureFunction(functionSpec(() => spin(11), { timeMs: 60 }))
    expect(measurement.steady_state).toBe('unknown')
  })

  test('at most half of the samples is cut as warm-up', async () => {
    const { measurement } = await measureFunction(functionSpec(step(), { timeMs: 200 }))
    expect(measurement.warmup.cut_samples).toBeLessThanOrEqual(measurement.ns_per_call.length + 5)
  })
})

describe('clock_coarse', () => {
  test('is found where hooks force single calls of a few nanoseconds', async () => {
    const { findings } = await measureFunction(functionSpec(step(), { beforeEach: () => undefined }))
    expect(codes(findings)).toContain('clock_coarse')
  })

  test('is not found in batches, nor in single calls that last', async () => {
    const batched = await measureFunction(functionSpec(step()))
    const single = await measureFunction(functionSpec(() => spin(1), { beforeEach: () => undefined }))
    expect(codes([...batched.findings, ...single.findings])).not.toContain('clock_coarse')
  })
})

describe('memory', () => {
  test('an allocating body has its bytes, and the collections it caused', async () => {
    const { measurement } = await measureFunction(functionSpec(() => new Array<number>(1000).fill(1.5), { memory: true }))
    // A thousand doubles or pointers of eight bytes, and two headers.
    expect(measurement.memory?.bytes_per_call).toBeGreaterThan(8000)
    expect(measurement.memory?.bytes_per_call).toBeLessThan(8400)
    expect(measurement.memory?.gc_count).toBeGreaterThan(0)
    expect(measurement.memory?.gc_ns_per_call).toBeGreaterThan(0)
  })

  test('a body that allocates nothing has none', async () => {
    const { measurement } = await measureFunction(functionSpec(step(), { memory: true }))
    expect(measurement.memory?.bytes_per_call).toBeLessThan(0.1)
  })

  test('what hooks allocate is not counted', async () => {
    let list: number[] = []
    const { measurement } = await measureFunction(
      functionSpec(() => list.length, {
        memory: true,
        beforeEach: () => {
          list = new Array<number>(10_000).fill(1.5)
        },
      }),
    )
    expect(measurement.memory?.bytes_per_call).toBeLessThan(4000)
  })

  test('is left out when not wanted, and where one call is too long for another', async () => {
    const without = await measureFunction(functionSpec(step()))
    expect(without.measurement.memory).toBeUndefined()
    expect(codes(without.findings)).not.toContain('no_memory_pass')
    const long = await measureFunction(functionSpec(() => spin(1100), { memory: true, warmupMs: 0, timeMs: 20 }))
    expect(long.measurement.memory).toBeUndefined()
    expect(codes(long.findings)).toContain('no_memory_pass')
  })

  test('the global scope is left without gc', async () => {
    await measureFunction(functionSpec(step(), { memory: true }))
    expect('gc' in globalThis).toBe(process.execArgv.includes('--expose-gc'))
  })
})

describe('debugger_attached', () => {
  test.for([
    ['debugger', ['--inspect=127.0.0.1:0'], {}],
    ['coverage', [], { NODE_V8_COVERAGE: join(import.meta.dirname, '../../node_modules/.cache/coverage-test') }],
    ['profiler', ['--prof', '--logfile=/dev/null'], {}],
    [undefined, [], {}],
  ] as const)('in a process with %s', { timeout: 60_000 }, async ([what, execArgv, env]) => {
    const child = fork(join(import.meta.dirname, 'report-findings.ts'), {
      execArgv: [...execArgv],
      // An early Node 22 reads our source by a flag only, which stays.
      env: { ...ownProcessEnvironment(), ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let errors = ''
    child.stderr?.on('data', (data: Buffer) => (errors += data.toString()))
    const findings = await new Promise<{ code: string; facts: { what?: string } }[]>((resolve, reject) => {
      child.once('message', (message) => resolve(message as { code: string; facts: { what?: string } }[]))
      child.once('close', (code, signal) =>
        reject(new Error(`the process ended with ${code ?? signal} before it told anything: ${errors}`)),
      )
    })
    expect(findings.filter(({ code }) => code === 'debugger_attached').map(({ facts }) => facts.what)).toEqual(what ? [what] : [])
  })
})
