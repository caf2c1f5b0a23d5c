import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { bench as plainBench, describePerf } from 'vitest-perf'
import { database, documents, tempDir, type Database, type Queries } from 'vitest-perf/fixtures'
import { sized } from './pace.ts'

/** Two runs of the same code differ by as much as this: a change must be larger to fail the run. `vitest-perf against` sees smaller ones. */
const noise = { regression_threshold_percent: 50 }

// SQLite, embedded, unless a PostgreSQL is named: VITEST_PERF_DATABASE=postgres://user@host/database. Everything happens in a fresh schema, or a fresh
// file, which is dropped at the end.
const url = process.env['VITEST_PERF_DATABASE']

const rows = sized(20_000, 2_000)
const batch = 100
const rivals = 8
const rounds = sized(20, 4)
const time = '1s'

const schema = `
  CREATE TABLE items (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, title TEXT NOT NULL, rank INTEGER NOT NULL);
  CREATE TABLE indexed (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, title TEXT NOT NULL, rank INTEGER NOT NULL);
  CREATE INDEX indexed_by_topic ON indexed (topic, rank);
  CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL);
  CREATE TABLE work (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, title TEXT NOT NULL, rank INTEGER NOT NULL)`
const insertWork = 'INSERT INTO work (id, topic, title, rank) VALUES ($1, $2, $3, $4)'
const byTopic = (table: string): string => `SELECT id, title FROM ${table} WHERE topic = $1 ORDER BY rank DESC LIMIT 10`

interface Opened {
  readonly db: Database
  /** Connections that can be in each other's way: a pool has several, an embedded database needs a second handle. */
  readonly connections: readonly Database[]
  readonly topic: string
}

const bench = plainBench.extend({
  opened: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use: (opened: Opened) => Promise<void>) => {
      await using folder = await tempDir({ bytes: 64 * 1024 * 1024 })
      const file = join(folder.path, 'suite.sqlite')
      // Both handles live in this process: one that waited for the other's lock would keep it from ever letting go.
      await using db = await database(url === undefined ? { file, busyTimeout: 0 } : { url })
      await using second = await database(url === undefined ? { file, busyTimeout: 0 } : ':memory:')
      await use({ db, connections: url === undefined ? [db, second] : [db], topic: await fill(db) })
    },
    { scope: 'file' },
  ],
})

let next = 1_000_000

describePerf('database', { ...noise, time }, () => {
  // One row made, read, changed and removed again.
  bench('crud_operations', async ({ opened: { db } }) => {
    const id = next++
    await db.query(insertWork, [id, 'crud', 'a title', 1])
    const [read] = await db.query('SELECT title FROM work WHERE id = $1', [id])
    if (read?.['title'] !== 'a title') throw new Error('what was written was not read')
    await db.query('UPDATE work SET rank = $2 WHERE id = $1', [id, 2])
    await db.query('DELETE FROM work WHERE id = $1', [id])
  })

  // Two updates and a commit, which waits for the disk.
  bench('transaction_performance', ({ opened: { db } }) => db.transaction((within) => move(within, 1, 2)))

  bench('transaction_rollback', async ({ opened: { db } }) => {
    const given = new Error('changed my mind')
    await db
      .transaction(async (within) => {
        await move(within, 1, 2)
        throw given
      })
      .catch((error: unknown) => {
        if (error !== given) throw error
      })
  })

  // Several at once want the same row: those in the way of another one are tried again until they are through.
  bench('transaction_contention', ({ opened }) => contend(opened))
  bench.track(
    'transaction_retries',
    async ({ opened }) => {
      const retries: number[] = []
      for (let round = 0; round < rounds; round++) retries.push((await contend(opened)) / rivals)
      return retries
    },
    { unit: 'retries per transaction' },
  )

  // The same rows, with and without an index; that it is used, and that nothing is scanned, is what EXPLAIN says.
  bench('query_optimization', { setup: ({ opened }) => checkPlans(opened) }, ({ opened: { db, topic } }) =>
    db.query(byTopic('indexed'), [topic]),
  )
  bench.track('query_optimization_gain', ({ opened }) => gains(opened), { unit: 'times as fast', better: 'higher' })
  bench.compare('query_plan', {
    'full scan': ({ opened: { db, topic } }) => db.query(byTopic('items'), [topic]),
    index: ({ opened: { db, topic } }) => db.query(byTopic('indexed'), [topic]),
  })

  // A hundred rows: one statement each, or one for all; both in one transaction, so that the disk is waited for once.
  bench.compare('bulk_operations', {
    single: ({ opened: { db } }) =>
      db.transaction(async (within) => {
        for (let row = 0; row < batch; row++) await within.query(insertWork, [next++, 'bulk', 'a title', row])
        await within.query(`DELETE FROM work WHERE topic = 'bulk'`)
      }),
    batched: ({ opened: { db } }) =>
      db.transaction(async (within) => {
        const values = Array.from({ length: batch }, (_, row) => `($${4 * row + 1}, $${4 * row + 2}, $${4 * row + 3}, $${4 * row + 4})`)
        const parameters = Array.from({ length: batch }, (_, row) => [next++, 'bulk', 'a title', row]).flat()
        await within.query(`INSERT INTO work (id, topic, title, rank) VALUES ${values.join(', ')}`, parameters)
        await within.query(`DELETE FROM work WHERE topic = 'bulk'`)
      }),
  })
})

/** Gives back a topic that is neither common nor missing. */
async function fill(db: Database): Promise<string> {
  await db.exec(schema)
  await db.query('INSERT INTO accounts (id, balance) VALUES (1, 0), (2, 0), (3, 0)')
  const counts = new Map<string, number>()
  await db.transaction(async (within) => {
    let id = 0
    for (const { tags, title, rank } of documents({ count: rows })) {
      const topic = tags[1] ?? ''
      counts.set(topic, (counts.get(topic) ?? 0) + 1)
      for (const table of ['items', 'indexed'])
        await within.query(`INSERT INTO ${table} (id, topic, title, rank) VALUES ($1, $2, $3, $4)`, [id, topic, title, rank])
      id++
    }
  })
  await db.exec('ANALYZE')
  const ordered = [...counts].toSorted(([, a], [, b]) => b - a)
  return ordered[Math.floor(ordered.length / 2)]?.[0] ?? ''
}

async function move(within: Queries, from: number, to: number): Promise<void> {
  await within.query('UPDATE accounts SET balance = balance - 1 WHERE id = $1', [from])
  await within.query('UPDATE accounts SET balance = balance + 1 WHERE id = $1', [to])
}

/** Every rival adds 1 to the same balance, and none may be lost. Gives back how often one had to be tried again. */
async function contend({ db, connections }: Opened): Promise<number> {
  const balance = async () => Number((await db.query('SELECT balance FROM accounts WHERE id = 3'))[0]?.['balance'])
  const before = await balance()
  let retries = 0
  const add = async (within: Queries) => {
    const [row] = await within.query('SELECT balance FROM accounts WHERE id = 3')
    await within.query('UPDATE accounts SET balance = $1 WHERE id = 3', [Number(row?.['balance']) + 1])
  }
  await Promise.all(
    Array.from({ length: rivals }, async (_, rival) => {
      const connection = connections[rival % connections.length] ?? db
      while (!(await connection.transaction(add, { isolation: 'serializable' }).then(() => true, isConflict))) {
        retries++
        // The other one gets its turn.
        await setImmediate()
      }
    }),
  )
  const added = (await balance()) - before
  if (added !== rivals) throw new Error(`${rivals} transactions committed, and ${added} are seen`)
  return retries
}

/** False where the transaction only came in the way of another one; anything else is thrown on. */
function isConflict(error: unknown): false {
  const { code, errcode } = error as { readonly code?: unknown; readonly errcode?: unknown }
  if (code === '40001' || code === '40P01' || errcode === 5) return false
  throw error
}

async function checkPlans({ db, topic }: Opened): Promise<void> {
  const scanned = await db.explain(byTopic('items'), [topic])
  const indexed = await db.explain(byTopic('indexed'), [topic])
  const asMeant = scanned.scans.includes('items') && indexed.indexes.includes('indexed_by_topic') && indexed.scans.length === 0
  if (!asMeant) throw new Error(`the plans are not a scan and an index: ${scanned.steps.join('; ')} | ${indexed.steps.join('; ')}`)
}

/** Time without the index over time with it, one ratio a round; who goes first changes. */
async function gains(opened: Opened): Promise<number[]> {
  await checkPlans(opened)
  const { db, topic } = opened
  const timeOf = async (table: string, calls: number): Promise<number> => {
    const begin = performance.now()
    for (let call = 0; call < calls; call++) await db.query(byTopic(table), [topic])
    return (performance.now() - begin) / calls
  }
  const ratios: number[] = []
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? await timeOf('items', 5) : 0
    const indexed = await timeOf('indexed', 50)
    ratios.push((first || (await timeOf('items', 5))) / indexed)
  }
  return ratios
}
