import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { tempDir } from '../../fixtures/temp-dir/index.ts'
import { withLock } from '../../src/baseline/lock.ts'
import { readBaseline } from '../../src/baseline/read.ts'
import { updateBaseline } from '../../src/baseline/store.ts'

const folder = await tempDir()
afterAll(() => folder.remove())

test('processes that add to one baseline at once lose no value, and leave nothing behind', { timeout: 120_000 }, async () => {
  const path = join(folder.path, 'many/baseline.json')
  const writers = ['x', 'y', 'z'].map((who) =>
    fork(join(import.meta.dirname, 'add-often.ts'), [path, who, '10'], {
      execArgv: process.features.typescript ? [] : ['--experimental-strip-types'],
    }),
  )
  for (const [code] of await Promise.all(writers.map((writer) => once(writer, 'exit')))) expect(code).toBe(0)
  const reading = await readBaseline(path)
  const values = reading.state === 'usable' ? (reading.baseline.environments[0]?.cases['a']?.['value'] ?? []) : []
  const each = ['x', 'y', 'z'].flatMap((who) => Array.from({ length: 10 }, (_, at) => `${who}-${at}`))
  expect(values).toHaveLength(30)
  expect(new Set(values.map(({ commit }) => commit))).toEqual(new Set(each))
  expect(await readdir(join(folder.path, 'many'))).toEqual(['baseline.json'])
})

test('a lock of somebody who died is taken when it is old, and by one of those who wait', { timeout: 60_000 }, async () => {
  const path = join(folder.path, 'left.json')
  await writeFile(join(folder.path, '.left.json.lock'), 'somebody')
  await utimes(join(folder.path, '.left.json.lock'), new Date(), new Date(Date.now() - 60_000))
  let inside = 0
  let most = 0
  const work = async (): Promise<void> => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 20))
    inside--
  }
  await Promise.all(Array.from({ length: 5 }, () => withLock(path, work)))
  expect(most).toBe(1)
  expect((await readdir(folder.path)).filter((name) => name.includes('left'))).toEqual([])
})

test('who fails while it has the lock gives it back and tells its own reason', async () => {
  const path = join(folder.path, 'fails.json')
  const fails = () => Promise.reject(new Error('mine'))
  await expect(updateBaseline(path, fails)).rejects.toThrow('mine')
  await expect(updateBaseline(path, async () => ['done', undefined] as const)).resolves.toBe('done')
})
