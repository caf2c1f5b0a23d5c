import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatNamed } from '../../src/cli/formats.ts'
import { loadVitest } from '../../src/programmatic/load-vitest.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitest-perf-codes-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a project without Vitest is told as VITEST_MISSING', async () => {
  await expect(loadVitest(folder)).rejects.toMatchObject({ code: 'VITEST_MISSING', message: expect.stringContaining(folder) })
})

test('a Vitest that is too old is told as VITEST_MISSING, with its version', async () => {
  const vitest = join(folder, 'node_modules/vitest')
  await mkdir(vitest, { recursive: true })
  await writeFile(join(vitest, 'package.json'), '{ "name": "vitest", "type": "module", "exports": { "./node": "./node.js" } }')
  await writeFile(join(vitest, 'node.js'), "export const version = '4.0.18'")
  await expect(loadVitest(folder)).rejects.toMatchObject({ code: 'VITEST_MISSING', message: expect.stringContaining('is 4.0.18') })
})

test('a format that there is not is told as USAGE, with what was meant', () => {
  expect(() => formatNamed('jnuit')).toThrow(
    expect.objectContaining({ code: 'USAGE', message: expect.stringContaining('did you mean junit?') }),
  )
})
