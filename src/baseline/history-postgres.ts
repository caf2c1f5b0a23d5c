import type { Client } from 'pg'
import { PerfError } from '../model/error.ts'
import type { HistoryStore } from './history-place.ts'
import { PostgresAddress } from './history-postgres-address.ts'
import { selectHistory } from './history-postgres-read.ts'
import { migrate } from './history-postgres-schema.ts'
import { insertRuns } from './history-postgres-write.ts'

/** A run has ended and waits: what does not answer by then is unreachable. */
const connectMs = 10_000
const statementMs = 60_000

/**
 * The history of one project in a PostgreSQL database, 13 or newer.
 *
 * @throws PerfError HISTORY_UNAVAILABLE where `pg` is not installed or the database cannot be used; its message names host and database only
 */
export async function openPostgresHistory(url: string, project: string): Promise<HistoryStore> {
  const address = new PostgresAddress(url)
  const client = await connected(address)
  const during = async <Result>(what: string, work: Promise<Result>): Promise<Result> =>
    work.catch((cause: unknown) => {
      throw address.failure(what, cause)
    })
  try {
    await during('cannot be used', migrate(client))
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  return {
    append: (runs) => during('did not take the run', insertRuns(client, project, runs)),
    read: (options = {}) => during('could not be read', selectHistory(client, project, options)),
    [Symbol.asyncDispose]: async () => client.end().catch(() => undefined),
  }
}

async function connected(address: PostgresAddress): Promise<Client> {
  const { default: pg } = await import('pg').catch(() => {
    throw new PerfError(
      'HISTORY_UNAVAILABLE',
      `The history at ${address.name} needs the package "pg", which is not installed: npm i -D pg.`,
    )
  })
  try {
    const client = new pg.Client({
      connectionString: address.url,
      application_name: 'vitest-perf',
      connectionTimeoutMillis: connectMs,
      // Kept on our side: poolers such as PgBouncer refuse connections that ask for settings of their own.
      query_timeout: statementMs,
    })
    // A connection that breaks while nothing is asked must not end the process; the next query says what is wrong.
    client.on('error', () => undefined)
    await client.connect()
    return client
  } catch (cause) {
    throw address.failure('cannot be reached', cause)
  }
}
