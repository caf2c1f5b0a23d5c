import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runArtillery } from '../../src/artillery/run-artillery.ts'
import { longLoad } from './long-load.ts'

/** A program in the place of Artillery, which writes a report that Artillery wrote once, and ends as it is told. */
const program = `
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
const [end] = process.argv.filter((word) => word.startsWith('--end=')).map((word) => word.slice(6))
console.log('worker 3 of 5 has died')
copyFileSync(join(import.meta.dirname, 'report.json'), process.argv[process.argv.indexOf('--output') + 1])
if (end === 'signal') process.kill(process.pid, 'SIGKILL')
else process.exit(Number(end))
`

describe('a report of Artillery', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'vitest-perf-artillery-exit-'))
    const folder = join(root, 'node_modules/artillery')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'package.json'), '{ "type": "module", "version": "2.0.21", "bin": { "artillery": "program.js" } }')
    await writeFile(join(folder, 'program.js'), program)
    await copyFile(join(import.meta.dirname, 'report-2.0.21.json'), join(folder, 'report.json'))
  })
  afterAll(() => rm(root, { recursive: true }))

  const run = (end: string) => {
    const load = longLoad('http://127.0.0.1:9')
    const distributed = { ...load.distributed, workers: 5, arguments: [`--end=${end}`] }
    const ports = { root, signal: new AbortController().signal, onProcess: () => {}, onPhase: () => {} }
    return runArtillery({ ...load, distributed }, ports)
  }

  it('counts where it ended well', async () => {
    expect((await run('0')).measurement).toMatchObject({ type: 'reported', requests: 160 })
  })

  it.each([
    ['6', /ended with code 6, so what it reports may be a part of the load of "long"/],
    ['signal', /ended by a signal/],
  ])('does not count where it ended with %s: a worker may have died', async (end, message) => {
    const refused = run(end)
    await expect(refused).rejects.toThrow(message)
    await expect(refused).rejects.toMatchObject({ code: 'ARTILLERY_FAILED', message: expect.stringContaining('worker 3 of 5 has died') })
  })
})
