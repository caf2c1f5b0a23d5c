import { describe, expect, it } from 'vitest'
import { refuseOldNode, refuseOldVitest } from '../../src/vitest4/refuse.ts'
import { hasBenchmarkMode, isInBenchmarkMode } from '../../src/vitest4/version.ts'

describe('versions', () => {
  it.each(['4.1.0', '4.1.0-beta.1', '4.12.3', '5.0.0', '5.1.1', '6.0.0'])('Vitest %s is taken', (version) => {
    expect(() => refuseOldVitest(version, '/project')).not.toThrow()
  })

  it.each(['4.0.18', '3.2.4', '0.34.6', 'of long ago'])('Vitest %s is refused, by its name and with what to do', (version) => {
    expect(() => refuseOldVitest(version, '/project')).toThrow(
      expect.objectContaining({ code: 'VITEST_MISSING', message: expect.stringContaining(`The Vitest in /project is ${version};`) }),
    )
  })

  it.each(['22.12.0', '24.21.0', '26.0.0'])('Node %s is taken', (version) => {
    expect(() => refuseOldNode(version)).not.toThrow()
  })

  it.each(['20.20.2', '22.11.0', '18.0.0'])('Node %s, on which Vitest 4 itself may run, is refused', (version) => {
    expect(() => refuseOldNode(version)).toThrow(expect.objectContaining({ code: 'NODE_TOO_OLD' }))
  })

  it('Vitest 4 has a mode of benchmarks, Vitest 5 has projects', () => {
    expect(['4.1.12', '5.1.1'].map((version) => hasBenchmarkMode({ version }))).toEqual([true, false])
    expect([{ mode: 'benchmark' }, { mode: 'test' }, {}].map(isInBenchmarkMode)).toEqual([true, false, false])
  })
})
