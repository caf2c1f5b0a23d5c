import type { Client } from 'pg'
import type { History, OtherMachine } from './history.ts'
import type { HistoryColumn } from './history-line.ts'
import { newestFirst, type ReadHistoryOptions } from './history-read.ts'
import type { HistoryRunHead } from './history-run.ts'
import { machineGatherer, type Gatherer } from './history-series.ts'

interface RunRow extends Omit<HistoryRunHead, 'at' | 'release'> {
  readonly id: string
  readonly at: Date
  readonly release: string | null
}

interface LayoutRow extends Omit<HistoryColumn, 'values'> {
  readonly id: number
}

/** What the file would give that has the same runs: the same code gathers the series of both. */
export async function selectHistory(client: Client, project: string, options: ReadHistoryOptions): Promise<History> {
  const runs = await runsOf(client, project, options)
  const columns = await columnsOf(
    client,
    runs.map(({ id }) => id),
    options.metrics,
  )
  const machines = new Map<string, Gatherer>()
  for (const { id, at, release, ...head } of runs) {
    const line = { ...head, at: at.toISOString(), ...(release === null ? {} : { release }), columns: columns.get(id) ?? [] }
    const machine = machines.get(line.fingerprint) ?? machineGatherer(line)
    machines.set(line.fingerprint, machine)
    machine.add(line)
  }
  const histories = [...machines.values()].map((machine) => machine.finish())
  const newest = (history: (typeof histories)[number]): number => Date.parse(history.runs.at(-1)?.at ?? '') || 0
  const others = options.fingerprint === undefined ? {} : { others: await othersOf(client, project, options.fingerprint, options) }
  return { machines: histories.sort((a, b) => newest(b) - newest(a)), skipped_lines: 0, duplicates: 0, ...others }
}

async function othersOf(client: Client, project: string, own: string, { branch, until }: ReadHistoryOptions): Promise<OtherMachine[]> {
  const { rows } = await client.query<Omit<OtherMachine, 'newest'> & { readonly newest: Date }>(
    `SELECT fingerprint, min(machine) AS machine, count(*)::int AS runs, max(at) AS newest FROM vitest_perf.runs
     WHERE project = $1 AND fingerprint <> $2 AND ($3::text IS NULL OR branch IS NULL OR branch = $3) AND ($4::timestamptz IS NULL OR at <= $4)
     GROUP BY fingerprint`,
    [project, own, branch ?? null, until ?? null],
  )
  return newestFirst(rows.map(({ newest, ...machine }) => ({ ...machine, newest: newest.toISOString() })))
}

/** Oldest first; of each machine the newest where a number of them is asked for. */
async function runsOf(client: Client, project: string, options: ReadHistoryOptions): Promise<RunRow[]> {
  const { fingerprint, branch, besides, newest, until } = options
  const fingerprints = fingerprint === undefined ? await machinesOf(client, project) : [fingerprint]
  const { rows } = await client.query<RunRow>(
    `SELECT r.* FROM unnest($2::text[]) AS m (fingerprint)
     CROSS JOIN LATERAL (
       SELECT id, run, at, commit, branch, fingerprint, machine, release FROM vitest_perf.runs
       WHERE project = $1 AND fingerprint = m.fingerprint AND ($3::text IS NULL OR branch IS NULL OR branch = $3 OR run = ANY ($5::text[]))
         AND ($6::timestamptz IS NULL OR at <= $6)
       ORDER BY at DESC, id DESC LIMIT $4
     ) AS r ORDER BY r.at, r.id`,
    [project, fingerprints, branch ?? null, newest ?? null, besides ?? [], until ?? null],
  )
  return rows
}

async function machinesOf(client: Client, project: string): Promise<string[]> {
  const { rows } = await client.query<{ fingerprint: string }>('SELECT DISTINCT fingerprint FROM vitest_perf.runs WHERE project = $1', [
    project,
  ])
  return rows.map(({ fingerprint }) => fingerprint)
}

async function columnsOf(
  client: Client,
  runs: readonly string[],
  metrics: readonly string[] | undefined,
): Promise<Map<string, HistoryColumn[]>> {
  // As text: reading a million numbers one by one takes the driver seconds.
  const { rows } = await client.query<[run: string, layout: string, values: string]>({
    text: `SELECT run, layout, values FROM vitest_perf.figures WHERE run = ANY ($1::bigint[])
           AND ($2::text[] IS NULL OR layout IN (SELECT id FROM vitest_perf.layouts WHERE metric = ANY ($2)))`,
    values: [runs, metrics ?? null],
    rowMode: 'array',
    types: { getTypeParser: () => (text: string) => text },
  })
  const { rows: layouts } = await client.query<LayoutRow>(
    'SELECT id, metric, unit, better, ids FROM vitest_perf.layouts WHERE id = ANY ($1::integer[])',
    [[...new Set(rows.map(([, layout]) => layout))]],
  )
  const layoutOf = new Map(layouts.map(({ id, ...layout }) => [String(id), layout]))
  const columns = new Map<string, HistoryColumn[]>()
  for (const [run, layout, values] of rows) {
    const found = layoutOf.get(layout)
    if (!found) continue
    const column = { ...found, values: JSON.parse(`[${values.slice(1, -1)}]`) as number[] }
    const known = columns.get(run)
    if (known) known.push(column)
    else columns.set(run, [column])
  }
  // In the order of the lines of a file.
  for (const some of columns.values()) some.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  return columns
}

const keyOf = ({ metric, unit, better }: HistoryColumn): string => `${metric}\n${unit}\n${better}`
