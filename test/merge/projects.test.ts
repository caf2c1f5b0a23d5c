import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { command } from '../cli/command-line.ts'
import { guest } from '../e2e/guest.ts'

it('two Vitest projects that have the same file are merged to the ids that one run gives them', { timeout: 120_000 }, async () => {
  const project = await guest({
    'package.json': '{ "type": "module", "name": "two" }',
    'a.bench.ts': `import { bench } from 'vitest-perf'\nbench.track('size', () => 1, { unit: 'B' })`,
    'vitest.config.ts': `
import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'
export default defineConfig({ plugins: [perf()], test: { projects: [{ extends: true, test: { name: 'first' } }, { extends: true, test: { name: 'second' } }] } })`,
  })
  const idsOf = async (folder: string) => {
    const { results, shard } = JSON.parse(await project.read(`${folder}/latest/benchmark_results.json`)) as {
      results: object
      shard: { files: string[]; not_run: string[] }
    }
    return { ids: Object.keys(results), shard }
  }
  const whole = await project.vitest(['bench', '--run'])
  expect([whole.code, (await idsOf('benchmark-results')).ids]).toEqual([0, ['first:size', 'second:size']])
  const partOf = async (index: number) => {
    await rm(join(project.folder, `parts/${index}`), { recursive: true, force: true })
    expect((await project.vitest(['bench', '--run', `--shard=${index}/2`], { VITEST_PERF_RESULTS: `parts/${index}` })).code).toBe(0)
    return idsOf(`parts/${index}`)
  }
  const parts = [await partOf(1), await partOf(2)]
  // Vitest orders files by their paths, and one file of two projects as it happens to find them: both shards may have the same.
  for (let again = 0; again < 8 && parts[0]?.shard.files[0] === parts[1]?.shard.files[0]; again++) parts[1] = await partOf(2)
  expect(parts.map(({ ids }) => ids)).toEqual([['size'], ['size']])
  expect(parts[0]?.shard.not_run).toEqual(parts[1]?.shard.files)
  const merged = await command(project.folder, ['merge', 'parts', '-o', 'merged'])
  expect([merged.code, merged.err]).toEqual([0, ''])
  expect((await idsOf('merged')).ids).toEqual(['first:size', 'second:size'])
  await project.remove()
})
