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

if (values.list) {
  for (const [name, { what, runs }] of Object.entries(cells)) console.log(`${name.padEnd(12)}${what}: ${runs(values)}`)
} else {
  await tryCells(wanted(values.only))
}

function wanted(only: string | undefined): string[] {
  const names = only === undefined ? Object.keys(cells) : only.split(',')
  const unknown = names.filter((name) => !Object.hasOwn(cells, name))
  if (unknown.length > 0) throw new Error(`There is no cell ${unknown.join(', ')}; there are ${Object.keys(cells).join(', ')}.`)
  return names
}

async function tryCells(names: readonly string[]): Promise<void> {
  const { cache, full, linked, write } = values
  const kept = join(cache, 'outcomes.json')
  await mkdir(join(cache, 'logs'), { recursive: true })
  const tarball = await pack(cache, join(cache, 'logs/pack.log'))
  const outcomes: Record<string, Outcome> = await readJson<Record<string, Outcome>>(kept).catch(() => ({}))
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
    if (!linked) outcomes[name] = outcome
    await writeFile(kept, JSON.stringify(outcomes, null, 2))
  }
  if (write) await writeTable(join(root, 'docs/compatibility.md'), table(cells, outcomes))
}

function system(): string {
  const names: Partial<Record<NodeJS.Platform, string>> = { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }
  return `${names[process.platform] ?? process.platform} ${process.arch}`
}
