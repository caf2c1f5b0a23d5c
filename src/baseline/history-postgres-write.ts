import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { historyLine, parseHistoryLine, type HistoryColumn, type HistoryLine } from './history-line.ts'
import type { HistoryRun } from './history-run.ts'

/** Runs in one transaction: enough that round trips do not count, few enough that nobody waits for them. */
const atOnce = 200

/** Adds runs, each whole or not at all. One that is there already stays as it is. */
export async function insertRuns(client: Client, project: string, runs: readonly HistoryRun[]): Promise<void> {
  for (let from = 0; from < runs.length; from += atOnce) {
    // By way of the line of the file: what is kept, and how exactly, is the same in both.
    const lines = runs.slice(from, from + atOnce).flatMap((run) => parseHistoryLine(historyLine(run)) ?? [])
    const layouts = await layoutIds(client, lines)
    await client.query('BEGIN')
    try {
      await insertLines(client, project, lines, layouts)
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined)
      throw error
    }
  }
}

async function insertLines(
  client: Client,
  project: string,
  lines: readonly HistoryLine[],
  layouts: ReadonlyMap<string, number>,
): Promise<void> {
  const { rows } = await client.query<{ place: number; id: string }>(
    `WITH given AS (
       SELECT * FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
         WITH ORDINALITY AS g (fingerprint, run, at, machine, commit, branch, release, place)
     ), added AS (
       INSERT INTO vitest_perf.runs (project, fingerprint, run, at, machine, commit, branch, release)
       SELECT $1, fingerprint, run, at, machine, commit, branch, release FROM given ORDER BY place
       ON CONFLICT (project, fingerprint, run, at) DO NOTHING
       RETURNING id, fingerprint, run, at
     )
     SELECT min(place)::int AS place, id FROM added JOIN given USING (fingerprint, run, at) GROUP BY id`,
    [
      project,
      lines.map(({ fingerprint }) => fingerprint),
      lines.map(({ run }) => run),
      lines.map(({ at }) => at),
      lines.map(({ machine }) => machine),
      lines.map(({ commit }) => commit),
      lines.map(({ branch }) => branch),
      lines.map(({ release }) => release ?? null),
    ],
  )
  const figures = rows.flatMap(({ place, id }) =>
    (lines[place - 1]?.columns ?? []).map((column) => ({
      id,
      layout: layouts.get(digestOf(column)),
      values: `{${column.values.join(',')}}`,
    })),
  )
  await client.query(
    `INSERT INTO vitest_perf.figures (run, layout, values)
     SELECT run, layout, text::double precision[] FROM unnest($1::bigint[], $2::integer[], $3::text[]) AS f (run, layout, text)`,
    [figures.map(({ id }) => id), figures.map(({ layout }) => layout), figures.map(({ values }) => values)],
  )
}

/**
 * The list of ids of each metric, stored once for all runs that have the same. Outside of the transaction of the runs, in the order of the
 * digests: writers that bring the same new lists wait for each other for a moment only, and never in a circle.
 */
async function layoutIds(client: Client, lines: readonly HistoryLine[]): Promise<ReadonlyMap<string, number>> {
  const columns = new Map(lines.flatMap((line) => line.columns.map((column) => [digestOf(column), column] as const)))
  const digests = [...columns.keys()].toSorted()
  const find = async (): Promise<Map<string, number>> => {
    const { rows } = await client.query<{ digest: string; id: number }>(
      "SELECT encode(digest, 'hex') AS digest, id FROM vitest_perf.layouts WHERE digest = ANY (SELECT decode(d, 'hex') FROM unnest($1::text[]) AS d)",
      [digests],
    )
    return new Map(rows.map(({ digest, id }) => [digest, id]))
  }
  const known = await find()
  const fresh = digests.filter((digest) => !known.has(digest))
  if (fresh.length === 0) return known
  const of = (pick: (column: HistoryColumn) => string): string[] => fresh.flatMap((digest) => columns.get(digest) ?? []).map(pick)
  await client.query(
    `INSERT INTO vitest_perf.layouts (digest, metric, unit, better, ids)
     SELECT decode(digest, 'hex'), metric, unit, better, ids
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS n (digest, metric, unit, better, ids)
     ON CONFLICT (digest) DO NOTHING`,
    [fresh, of(({ metric }) => metric), of(({ unit }) => unit), of(({ better }) => better), of(({ ids }) => ids)],
  )
  return find()
}

function digestOf({ metric, unit, better, ids }: HistoryColumn): string {
  return createHash('sha256').update(`${metric}\n${unit}\n${better}\n${ids}`).digest('hex')
}
