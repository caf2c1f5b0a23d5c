import { expect, test } from 'vitest'
import { watchApart } from '../../src/sampling/apart.ts'
import { openForest } from '../../src/sampling/open-forest.ts'
import { node } from './programs.ts'

test.runIf(process.platform === 'linux')(
  'the CPU time of what counts with nobody is known, so that no neighbour is blamed for it',
  { timeout: 30_000 },
  async () => {
    const program = node(`process.send('busy'); const end = Date.now() + 30000; while (Date.now() < end);`)
    await program.message()
    const forest = openForest()
    const apart = watchApart(forest)
    apart.add(program.pid)
    const read = async (wholeRun: boolean): Promise<number> => {
      await forest.refresh('all')
      apart.read()
      return apart.cpuMs(wholeRun)
    }
    await read(false)
    apart.measured(true)
    await expect.poll(() => read(false), { timeout: 10_000 }).toBeGreaterThan(50)
    apart.measured(false)
    const measured = apart.cpuMs(false)
    await expect.poll(() => read(true), { timeout: 10_000 }).toBeGreaterThan(measured)
    expect(apart.cpuMs(false)).toBe(measured)
    forest.close()
  },
)
