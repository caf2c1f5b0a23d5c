import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Cell } from './cell.ts'
import { expectMeasured } from './expect-measured.ts'
import { config, ids, smallBench, stranger } from './strangers.ts'
import { type ProjectOptions, versionHere, type Workshop } from './workshop.ts'

const test = `import { expect, it } from 'vitest'\nit('adds', () => expect(1 + 1).toBe(2))\n`

async function beside(shop: Workshop, name: string, options: ProjectOptions) {
  return shop.project(name, { ...options, files: { ...stranger, 'src/plain.test.ts': test, ...options.files } })
}

const coverage: Cell = {
  what: '@vitest/coverage-v8',
  runs: () => 'tests with coverage, and benchmarks while coverage is switched on',
  async try(shop) {
    const version = versionHere('vitest')
    const { folder, exec } = await beside(shop, 'coverage', {
      files: { 'vitest.config.ts': config(`coverage: { enabled: true, provider: 'v8', reporter: ['json-summary'] }`) },
      packages: { '@vitest/coverage-v8': version },
    })
    await exec('vitest', ['run'])
    if (!existsSync(join(folder, 'coverage/coverage-summary.json'))) throw new Error('no coverage was written')
    if (existsSync(join(folder, 'benchmark-results'))) throw new Error('a plain test run wrote benchmark results')
    await exec('vitest', ['bench', '--run'])
    await expectMeasured(folder, ids)
    return `@vitest/coverage-v8 ${version}`
  },
}

const ui: Cell = {
  what: '@vitest/ui',
  runs: () => 'benchmarks with its html reporter beside ours',
  async try(shop) {
    const version = versionHere('vitest')
    const { folder, exec } = await beside(shop, 'ui', { files: {}, packages: { '@vitest/ui': version } })
    await exec('vitest', ['bench', '--run', '--reporter=default', '--reporter=html'])
    await expectMeasured(folder, ids)
    if (!existsSync(join(folder, '.vitest/index.html'))) throw new Error('its page was not written')
    return `@vitest/ui ${version}`
  },
}

const jsdom: Cell = {
  what: 'Projects in jsdom',
  runs: () => 'a project in jsdom beside one in Node, each with benchmarks; tests in both',
  async try(shop) {
    const { folder, exec } = await beside(shop, 'jsdom', {
      files: {
        'vitest.config.ts': config(`projects: [
    { extends: true, test: { name: 'page', include: ['page/*.test.ts'], benchmark: { include: ['page/*.bench.ts'] }, environment: 'jsdom' } },
    { extends: true, test: { name: 'node', include: ['src/*.test.ts'], benchmark: { include: ['src/*.bench.ts'] } } },
  ]`),
        'page/page.test.ts': `import { expect, it } from 'vitest'\nit('has a document', () => expect(document.body).toBeDefined())\n`,
        'page/page.bench.ts': `${smallBench('page call')}bench('make an element', { time: '100ms', warmup: '20ms' }, () => document.createElement('p'))
bench.http('from a page', { path: '/health' }, { duration: '150ms', warmup: '50ms' })\n`,
      },
      packages: { jsdom: 'latest' },
    })
    await exec('vitest', ['run'])
    await exec('vitest', ['bench', '--run'])
    await expectMeasured(folder, [...ids, 'page_call', 'make_an_element', 'from_a_page'])
    return `Vitest ${versionHere('vitest')}`
  },
}

export const besides: Readonly<Record<string, Cell>> = { coverage, ui, jsdom }
