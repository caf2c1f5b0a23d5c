import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cells } from '../../scripts/matrix/cells.ts'
import { type Outcome, table } from '../../scripts/matrix/table.ts'

const root = join(import.meta.dirname, '../..')
const cache = mkdtempSync(join(tmpdir(), 'vitest-perf-matrix-test-'))
afterAll(() => rmSync(cache, { recursive: true, force: true }))
const flags = process.features.typescript ? [] : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
const matrix = (...args: string[]): string =>
  execFileSync(process.execPath, [...flags, 'scripts/matrix.ts', '--cache', cache, ...args], { cwd: root, encoding: 'utf8' })

describe('the matrix', () => {
  it('tries the packed package in projects of strangers, and downloads nothing where packages are linked', () => {
    const said = matrix('--only', 'javascript,types-7', '--linked')
    expect(said).toMatch(/^works {2}javascript/m)
    expect(said).toMatch(/^works {2}types-7 .* 7\./m)
    expect(readdirSync(cache)).not.toContain('tools')
  }, 240_000)

  it('fails where a cell does not work, and says where all of it is told', () => {
    // TypeScript 5.9 is not what is installed here.
    expect(() => matrix('--only', 'types-5.9', '--linked')).toThrow(
      expect.objectContaining({ status: 1, stdout: expect.stringMatching(/^FAILS {2}types-5\.9.*is there, not 5\.9/) }),
    )
  }, 120_000)

  it('has a row in docs/compatibility.md for each cell', () => {
    const docs = readFileSync(join(root, 'docs/compatibility.md'), 'utf8')
    for (const [name, { what }] of Object.entries(cells)) expect(docs).toContain(`| \`${name}\` | ${what} |`)
  })

  it('says of each cell what was run, when and how it ended', () => {
    const outcome: Outcome = { passed: true, detail: 'X 1', runs: 'all of it', date: '2026-11-24', seconds: 1, system: 'Linux x64' }
    const text = table(cells, { npm: outcome, pnpm: { ...outcome, passed: false, detail: 'no\nway' } })
    expect(text).toContain('| `npm` | npm | all of it | works: X 1 | 2026-11-24, Linux x64 |')
    expect(text).toMatch(/\| `pnpm` .* \| fails \| 2026-11-24, Linux x64 \|/)
    expect(text).toMatch(/\| `yarn` .* \| not tried \| \|/)
  })
})
