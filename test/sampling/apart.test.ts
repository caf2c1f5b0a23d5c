import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { watchApart } from '../../src/sampling/apart.ts'
import { openForest } from '../../src/sampling/open-forest.ts'
import { node } from './programs.ts'

test.runIf(process.platform === 'linux')(
  'the CPU time of what counts with nobody is known, so that no neighbour is blamed for it',
  async () => {
    const program = node(`process.send('busy'); const end = Date.now() + 20000; while (Date.now() < end);`)
    await program.message()
    const forest = openForest()
    const apart = watchApart(forest)
    apart.add(program.pid)
    const read = async (): Promise<void> => {
      await forest.refresh('all')
      apart.read()
    }
    await read()
    apart.measured(true)
    await setTimeout(400)
    await read()
    apart.measured(false)
    const measured = apart.cpuMs(false)
    expect(measured).toBeGreaterThan(50)
    await setTimeout(400)
    await read()
    expect(apart.cpuMs(false)).toBe(measured)
    expect(apart.cpuMs(true)).toBeGreaterThan(measured)
    forest.close()
  },
)
