import type { Client } from 'pg'

/** One step of the tables, from the version before to the next. */
export interface Migration {
  /** The oldest version whose users can go on with the tables as they are after it: a step that only adds leaves it as it was. */
  readonly readable_since: number
  readonly sql: string
}

/**
 * Everything lives in a schema of its own. A run is a row; its values stand in arrays, one a metric, beside the list of the case ids that they
 * belong to, which thousands of runs share. So a million values are a few thousand rows, and 8 bytes each.
 *
 * A step that was released is never changed: the next one is added at the end.
 */
export const migrations: readonly Migration[] = [
  {
    readable_since: 1,
    sql: `
  CREATE TABLE vitest_perf.runs (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project     text NOT NULL,
    fingerprint text NOT NULL,
    run         text NOT NULL,
    at          timestamptz NOT NULL,
    machine     text NOT NULL,
    commit      text,
    branch      text,
    release     text,
    UNIQUE (project, fingerprint, run, at)
  );
  CREATE INDEX runs_newest ON vitest_perf.runs (project, fingerprint, at DESC, id DESC);
  CREATE TABLE vitest_perf.layouts (
    id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    metric text NOT NULL,
    unit   text NOT NULL,
    better text NOT NULL CHECK (better IN ('lower', 'higher')),
    ids    text NOT NULL
  );
  CREATE TABLE vitest_perf.figures (
    run    bigint NOT NULL REFERENCES vitest_perf.runs ON DELETE CASCADE,
    layout integer NOT NULL REFERENCES vitest_perf.layouts,
    values double precision[] NOT NULL,
    PRIMARY KEY (run, layout)
  );
  CREATE VIEW vitest_perf.points AS
    SELECT r.project, r.fingerprint, r.run, r.at, r.commit, r.branch, r.release, p.case_id, l.metric, l.unit, l.better, p.value
    FROM vitest_perf.runs r
    JOIN vitest_perf.figures f ON f.run = r.id
    JOIN vitest_perf.layouts l ON l.id = f.layout
    CROSS JOIN LATERAL unnest(string_to_array(l.ids, ' '), f.values) AS p (case_id, value);
  `,
  },
]

/** Of vitest-perf histories; any number that nobody else is likely to have taken. */
const lock = '8246719530114'

/**
 * Brings the tables up to what this version knows. Whoever comes first does it, the others wait for it; a database that is up to date is only
 * asked, so that its user need not be allowed to create anything. Newer tables are used as they are where their makers say that this can be done.
 *
 * @throws Error where the tables are from a newer version that this one cannot use, or where they are to be made by somebody who may
 */
export async function migrate(client: Client, steps: readonly Migration[] = migrations): Promise<void> {
  const before = await stateOf(client)
  if (isUsable(before, steps.length)) return
  await client.query('BEGIN')
  try {
    await client.query('SELECT pg_advisory_xact_lock($1::bigint)', [lock])
    await client.query('CREATE SCHEMA IF NOT EXISTS vitest_perf')
    await client.query(
      `CREATE TABLE IF NOT EXISTS vitest_perf.migrations (
         version integer PRIMARY KEY, readable_since integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    )
    const now = await stateOf(client)
    if (!isUsable(now, steps.length))
      for (const [at, { sql, readable_since }] of steps.entries()) {
        if (at < now.version) continue
        await client.query(sql)
        await client.query('INSERT INTO vitest_perf.migrations (version, readable_since) VALUES ($1, $2)', [at + 1, readable_since])
      }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw (error as { code?: unknown }).code === denied ? mayNot(before, steps.length, error as Error) : error
  }
}

/** SQLSTATE insufficient_privilege (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const denied = '42501'

function mayNot({ version }: State, wanted: number, cause: Error): Error {
  const told = version === 0 ? 'its tables are not there yet' : `its tables are of version ${version}, and this vitest-perf needs ${wanted}`
  return new Error(`${told}: a user who may create has to open it once (${cause.message})`, { cause })
}

interface State {
  /** 0 where nothing is there. */
  readonly version: number
  readonly readable_since: number
}

function isUsable({ version, readable_since }: State, known: number): boolean {
  if (version <= known) return version === known
  if (readable_since <= known) return true
  throw new Error(`its tables are of version ${version}, and this vitest-perf knows ${known}: install one that is newer`)
}

async function stateOf(client: Client): Promise<State> {
  const { rows } = await client.query<{ there: string | null }>("SELECT to_regclass('vitest_perf.migrations')::text AS there")
  if (!rows[0]?.there) return { version: 0, readable_since: 0 }
  const found = await client.query<State>('SELECT version, readable_since FROM vitest_perf.migrations ORDER BY version DESC LIMIT 1')
  return found.rows[0] ?? { version: 0, readable_since: 0 }
}
