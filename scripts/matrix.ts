// Tries what docs/compatibility.md says: `npm run matrix`, `npm run matrix -- --only node-22.12,pnpm --full --write`.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cells } from './matrix/cells.ts'
import { type Outcome, table, writeTable } from './matrix/table.ts'
import { pack, readJson, root, workshop } from './matrix/workshop.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    full: { type: 'boolean', default: false },
    linked: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    // Not below this folder: packages that a project does not declare would be found in our node_modules.
    cache: { type: 'string', default: join(tmpdir(), 'vitest-perf-matrix') },
  },
})

const kept = join(values.cache, 'outcomes.json')
if (values.list) {
  for (const [name, { what, runs }] of Object.entries(cells)) console.log(`${name.padEnd(12)}${what}: ${runs(values)}`)
} else {
  await tryCells(wanted(values.only))
}
if (values.write) await writeTable(join(root, 'docs/compatibility.md'), table(cells, await outcomesKept()))

/** Read anew each time: cells may be tried by several at once. */
async function outcomesKept(): Promise<Record<string, Outcome>> {
  return readJson<Record<string, Outcome>>(kept).catch(() => ({}))
}

function wanted(only: string | undefined): string[] {
  const names = only === undefined ? Object.keys(cells) : only.split(',')
  const unknown = names.filter((name) => !Object.hasOwn(cells, name))
  if (unknown.length > 0) throw new Error(`There is no cell ${unknown.join(', ')}; there are ${Object.keys(cells).join(', ')}.`)
  return names
}

async function tryCells(names: readonly string[]): Promise<void> {
  const { cache, full, linked } = values
  await mkdir(join(cache, 'logs'), { recursive: true })
  const tarball = await pack(cache, join(cache, 'logs/pack.log'))
  for (const name of names) {
    const cell = cells[name]
    if (!cell) continue
    const log = join(cache, 'logs', `${name}.log`)
    await rm(log, { force: true })
    const began = Date.now()
    const tried = await cell.try(workshop({ cache, log, tarball, linked }), { full }).then(
      (detail) => ({ passed: true, detail }),
      (error: Error) => ({ passed: false, detail: error.message }),
    )
    const seconds = Math.round((Date.now() - began) / 1000)
    const outcome = { ...tried, runs: cell.runs({ full }), date: new Date().toISOString().slice(0, 10), seconds, system: system() }
    console.log(
      `${outcome.passed ? 'works' : 'FAILS'}  ${name}  ${seconds} s  ${outcome.detail}${outcome.passed ? '' : `\n       all of it: ${log}`}`,
    )
    if (!outcome.passed) process.exitCode = 1
    // What was linked was not installed as a stranger would: it is no row of the table.
    if (!linked) await writeFile(kept, JSON.stringify({ ...(await outcomesKept()), [name]: outcome }, null, 2))
  }
}

function system(): string {
  const names: Partial<Record<NodeJS.Platform, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }
  return `${names[process.platform] ?? process.platform} ${process.arch}`
}
