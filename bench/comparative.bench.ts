import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { bench as plainBench, describePerf } from 'vitest-perf'
import { documents, queries, tempDir } from 'vitest-perf/fixtures'
import { found } from './answers.ts'
import { sized } from './pace.ts'
import { findableTerms, offering } from './target.ts'

/** Two runs of the same code differ by as much as this: a change must be larger to fail the run. `vitest-perf against` sees smaller ones. */
const noise = { regression_threshold_percent: 50 }

const corpus = [...documents({ count: sized(5000, 500) })]
const terms = queries({ count: 20, documents: 500, kinds: ['simple'] }).map(({ text }) => text)
const searches = findableTerms(20, 500).map((term) => ({ path: `/documents/search?search_term=${encodeURIComponent(term)}&limit=10` }))

interface Indexes {
  readonly mini: MiniSearch
  readonly fts: StatementSync
}
type Setting = 'FULL' | 'NORMAL' | 'OFF'

const bench = plainBench.extend({
  indexes: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use: (indexes: Indexes) => Promise<void>) => {
      const mini = new MiniSearch({ fields: ['title', 'body'], storeFields: ['title'] })
      mini.addAll(corpus)
      const database = new DatabaseSync(':memory:')
      database.exec('CREATE VIRTUAL TABLE corpus USING fts5(id UNINDEXED, title, body)')
      const insert = database.prepare('INSERT INTO corpus VALUES (?, ?, ?)')
      for (const { id, title, body } of corpus) insert.run(id, title, body)
      const fts = database.prepare('SELECT id, title FROM corpus WHERE corpus MATCH ? ORDER BY rank LIMIT 10')
      checkAlike(mini, fts)
      await use({ mini, fts })
      database.close()
    },
    { scope: 'file' },
  ],
  commits: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use: (commits: Readonly<Record<Setting, () => void>>) => Promise<void>) => {
      await using folder = await tempDir({ bytes: 64 * 1024 * 1024 })
      const opened = (['FULL', 'NORMAL', 'OFF'] as const).map((setting) => {
        const database = new DatabaseSync(join(folder.path, setting))
        database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${setting}; CREATE TABLE log (at REAL, line TEXT)`)
        const insert = database.prepare('INSERT INTO log VALUES (?, ?)')
        return { database, setting, commit: () => void insert.run(performance.now(), 'one line of a log') }
      })
      try {
        await use(Object.fromEntries(opened.map(({ setting, commit }) => [setting, commit])) as Record<Setting, () => void>)
      } finally {
        for (const { database } of opened) database.close()
      }
    },
    { scope: 'file' },
  ],
})

let turn = 0
const nextTerm = (): string => terms[turn++ % terms.length]!

describePerf('comparative', { ...noise, time: '1s' }, () => {
  // The same search by two libraries, in turns: the ratio and its interval stand beside the times.
  bench.compare('algorithm_comparison', {
    minisearch: ({ indexes: { mini } }) => mini.search(nextTerm(), { combineWith: 'AND' }).slice(0, 10),
    'sqlite fts5': ({ indexes: { fts } }) => fts.all(nextTerm()),
  })

  // One setting, three values: when a commit waits for the disk. What OFF gains is paid for by a power cut.
  bench.compare('tuning_effectiveness', {
    full: ({ commits }) => commits.FULL(),
    normal: ({ commits }) => commits.NORMAL(),
    off: ({ commits }) => commits.OFF(),
  })

  // More and more users: its finding names the resource that is full first, from what was sampled at each number.
  offering(searches[0]!, found).users('bottleneck', searches, { over: [1, 4, 16, 64], duration: '2s', warmup: '500ms', check: found })
})

/** A comparison of two that find different things says nothing. */
function checkAlike(mini: MiniSearch, fts: StatementSync): void {
  for (const term of terms) {
    const word = term.split(' ')[0]!
    const one = mini.search(word, { fields: ['title', 'body'] }).length
    const other = fts.all(word).length
    if (one === 0 || Math.min(10, one) !== other) throw new Error(`"${word}" is found ${one} times by one and ${other} times by the other`)
  }
}
