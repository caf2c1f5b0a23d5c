import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { lstatSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { reporters } from '../../reporters/index.ts'
import { PerfError } from '../../src/model/error.ts'
import { parseResults } from '../../src/report/parse-results.ts'
import { publish } from '../../src/report/publish.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { emptyRun, passingRun } from './runs.ts'

let folder: string
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'publish-')), 'benchmark-results')
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

const all = { json: true, html: true, markdown: true, pdf: true, upload_external: false }
const only = { ...all, html: false, markdown: false }
const report = reportOf(emptyRun)
const text = { file: 'note.txt', render: () => 'whole' } satisfies Reporter

describe('publishing a run', () => {
  test('writes every report into a folder of the time of the run, and lets latest point to it', async () => {
    const published = await publish(report, { folder, reporting: all, reporters })
    expect(published.folder).toMatch(/benchmark-results[\\/]\d{8}_\d{6}$/)
    expect(published.files).toEqual(Object.values(reporters).map(({ file }) => file))
    expect(readdirSync(published.folder).sort()).toEqual([...published.files].sort())
    expect(join(folder, readlinkSync(join(folder, 'latest')))).toBe(published.folder)
  })

  test('gives a second run of the same second a folder of its own', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => publish(report, { folder, reporting: only, reporters })))
    expect(new Set(runs.map((run) => run.folder)).size).toBe(3)
    expect(readdirSync(folder).filter((name) => name !== 'latest')).toHaveLength(3)
  })

  test('leaves out what the config switches off, and never a reporter of the user', async () => {
    const { files } = await publish(report, {
      folder,
      reporting: { ...all, pdf: false, json: false, html: false },
      reporters: { ...reporters, text },
    })
    expect(files).toEqual(['benchmark_summary.md', 'note.txt'])
  })

  test('writes bytes and awaited text as they are', async () => {
    const bytes = { file: 'a.bin', render: () => new Uint8Array([0, 255, 10]) } satisfies Reporter
    const later = { file: 'b.txt', render: () => Promise.resolve('later') } satisfies Reporter
    const published = await publish(report, { folder, reporting: all, reporters: { bytes, later } })
    expect([...readFileSync(join(published.folder, 'a.bin'))]).toEqual([0, 255, 10])
    expect(readFileSync(join(published.folder, 'b.txt'), 'utf8')).toBe('later')
  })

  test('names a reporter that throws and writes all others', async () => {
    const bad = {
      file: 'bad.txt',
      render: () => {
        throw new Error('no such field')
      },
    } satisfies Reporter
    const published = await publish(report, { folder, reporting: all, reporters: { bad, text } })
    expect(published).toMatchObject({ files: ['note.txt'], failed: [{ reporter: 'bad', message: 'no such field' }] })
    expect(readdirSync(published.folder)).toEqual(['note.txt'])
  })

  test('moves latest on to the newer run, also from a copied folder', async () => {
    const noLinks = (): Promise<void> => Promise.reject(Object.assign(new Error('operation not permitted'), { code: 'EPERM' }))
    const content = (word: string): Record<string, Reporter> => ({ text: { file: 'note.txt', render: () => word } })
    const latest = join(folder, 'latest')
    await publish(report, { folder, reporting: all, reporters: content('first'), link: noLinks })
    expect(lstatSync(latest).isDirectory()).toBe(true)
    await publish(report, { folder, reporting: all, reporters: content('second'), link: noLinks })
    expect(readFileSync(join(latest, 'note.txt'), 'utf8')).toBe('second')
    await publish(report, { folder, reporting: all, reporters: content('third') })
    expect(lstatSync(latest).isSymbolicLink()).toBe(true)
    await publish(report, { folder, reporting: all, reporters: content('fourth'), link: noLinks })
    expect(readFileSync(join(latest, 'note.txt'), 'utf8')).toBe('fourth')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test('replaces a latest whose run is gone', async () => {
    const first = await publish(report, { folder, reporting: all, reporters: { text } })
    rmSync(first.folder, { recursive: true })
    rmSync(join(folder, 'latest'))
    symlinkSync('nowhere', join(folder, 'latest'))
    const second = await publish(report, { folder, reporting: all, reporters: { text } })
    expect(join(folder, readlinkSync(join(folder, 'latest')))).toBe(second.folder)
  })

  test('says so when the folder cannot be written', async () => {
    // A file where a folder must be: refused to every user, also to root.
    writeFileSync(join(folder, '..', 'taken'), '')
    const error: unknown = await publish(report, { folder: join(folder, '..', 'taken'), reporting: all, reporters }).catch(
      (cause: unknown) => cause,
    )
    expect(error).toBeInstanceOf(PerfError)
    expect((error as PerfError).code).toBe('RESULTS_UNWRITABLE')
    expect((error as PerfError).message).toContain('taken')
    expect((error as PerfError).cause).toBeDefined()
  })

  test('a kill in the middle leaves whole files only', { timeout: 60_000 }, async () => {
    const before = await publish(reportOf(passingRun), { folder, reporting: all, reporters })
    const old = readFileSync(join(before.folder, 'benchmark_results.json'), 'utf8')
    for (let round = 0; round < 5; round++) {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'publish-for-ever.ts'), folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      // It says so when its first run is written; then it is killed somewhere in a later one.
      await once(child.stdout, 'data')
      await new Promise((resolve) => setTimeout(resolve, 7 * round))
      child.kill('SIGKILL')
      await once(child, 'exit')

      expect(readFileSync(join(before.folder, 'benchmark_results.json'), 'utf8')).toBe(old)
      const newest = readFileSync(join(folder, 'latest', 'benchmark_results.json'), 'utf8')
      expect(parseResults(newest, 'latest').run.cases).toHaveLength(passingRun.cases.length)
      for (const name of readdirSync(folder).filter((entry) => /^\d/.test(entry))) wholeFilesIn(join(folder, name))
    }
    expect(readdirSync(folder).length).toBeGreaterThan(6)
  })
})

function wholeFilesIn(path: string): void {
  for (const file of readdirSync(path).filter((name) => !name.endsWith('.tmp'))) {
    expect(statSync(join(path, file)).size).toBeGreaterThan(0)
    const content = readFileSync(join(path, file), 'utf8')
    if (file.endsWith('.json')) expect(() => parseResults(content, file)).not.toThrow()
    if (file.endsWith('.md')) expect(content).toMatch(/<\/details>\n$/)
    if (file.endsWith('.html')) expect(content).toMatch(/<\/html>\n$/)
  }
}
