import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generated } from '../../scripts/generate-docs.ts'
import { errorCatalogue } from '../../src/model/error-catalogue.ts'
import { metricCatalogue } from '../../src/model/metric-catalogue.ts'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('generated files', () => {
  test.each(Object.entries(generated()))('%s is up to date (npx node scripts/generate-docs.ts)', (path, text) => {
    expect(read(path)).toBe(text)
  })

  test('every metric and every error code is in its page, and no other', () => {
    const metrics = [...read('docs/metrics.md').matchAll(/<a id="(\w+)">/g)].map(([, name]) => name)
    expect(metrics).toEqual(Object.keys(metricCatalogue))
    const codes = [...read('docs/errors.md').matchAll(/^## .*<\/a>(\w+)$/gm)].map(([, code]) => code)
    expect(codes).toEqual(Object.keys(errorCatalogue))
  })
})

describe('the error catalogue', () => {
  const sources = ['src', 'fixtures', 'reporters']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.[mc]?[jt]s$/.test(entry.name) && entry.name !== 'error-catalogue.ts')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n')

  test.each(Object.keys(errorCatalogue))('%s is raised somewhere', (code) => {
    expect(new RegExp(`['"]${code}['"]`).test(sources)).toBe(true)
  })
})
