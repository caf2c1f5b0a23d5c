import { readFile, writeFile } from 'node:fs/promises'
import type { Cell } from './cell.ts'

/** What became of a cell, kept in the cache until the table is written. */
export interface Outcome {
  readonly passed: boolean
  /** Versions, or what went wrong. */
  readonly detail: string
  readonly runs: string
  /** Of the day, UTC. */
  readonly date: string
  readonly seconds: number
  readonly system: string
}

const start = '<!-- matrix: written by npm run matrix -- --write -->'
const end = '<!-- end of matrix -->'

/** One row for each cell that was ever tried; cells that were not, say so. */
export function table(cells: Readonly<Record<string, Cell>>, outcomes: Readonly<Record<string, Outcome>>): string {
  const rows = Object.entries(cells).map(([name, { what, runs }]) => {
    const outcome = outcomes[name]
    if (!outcome) return `| \`${name}\` | ${what} | ${runs({ full: false })} | not tried | |`
    const result = outcome.passed ? `works: ${outcome.detail}` : 'fails'
    return `| \`${name}\` | ${what} | ${outcome.runs} | ${result} | ${outcome.date}, ${outcome.system} |`
  })
  return ['| cell | what | what was run | result | tried |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

export async function writeTable(path: string, text: string): Promise<void> {
  const page = await readFile(path, 'utf8')
  const [from, to] = [page.indexOf(start), page.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`${path} has no place for the table`)
  await writeFile(path, `${page.slice(0, from + start.length)}\n\n${text}\n\n${page.slice(to)}`)
}
