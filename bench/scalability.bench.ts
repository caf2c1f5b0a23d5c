import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { afterAll } from 'vitest'
import { bench, describePerf, notApplicable, type HttpOptions, type RequestSpec, type RunningServer, type ServerOptions } from 'vitest-perf'
import { cluster, database, documents, queries, tempDir, type Cluster, type Database, type Evenness } from 'vitest-perf/fixtures'
import { found, healthy } from './answers.ts'
import { full, sized } from './pace.ts'
import { ask, findableTerms, needsOwnServers, offering, role } from './target.ts'

/** Two runs of the same code differ by as much as this: a change must be larger to fail the run. `vitest-perf against` sees smaller ones. */
const noise = { regression_threshold_percent: 50 }

const users = [1, 5, 10, 25, 50, 100]
const sizes = [1_000, 10_000, 30_000, 100_000, ...(full ? [1_000_000] : [])]
const duration = '2s'
const [{ text: corpusTerm } = { text: '' }] = queries({ count: 1, documents: 200, kinds: ['simple'] })
/** In the index, and a third more while it is made. */
const bytesPerDocument = 1400
const backends = 3
/** Of 200 a second: the warm-up, and the first seconds of the load. */
const answersBeforeKill = sized(500, 50)
const small: ServerOptions = {
  command: 'node dist/fixtures/reference-server/main.js',
  ready: '/health',
  env: { DOCUMENTS: String(sized(2000, 200)) },
}

const terms = findableTerms(50, 200)
const searches: RequestSpec[] = terms.map((term) => ({ path: `/documents/search?search_term=${encodeURIComponent(term)}&limit=10` }))
/** The same by POST: a balancer must not send such a request twice. */
const posted: RequestSpec[] = terms.map((search_term) => ({ method: 'POST', path: '/documents/search', body: { search_term, limit: 10 } }))
const load: HttpOptions = { duration, check: found }
const searching = offering(searches[0]!, found)

describePerf('scalability', noise, () => {
  // Each number of users is a case, `concurrent_users_10`; together they show the law: the knee, the peak, and which resource is full first.
  searching.users('concurrent_users', searches, { over: users, duration, check: found })

  // Users with a connection and cookies of their own, who type, search and read.
  searching.users('session_scaling', searches[0]!, {
    over: [1, 5, 10, 25],
    duration,
    thinkTime: '20ms',
    session: async (user) => {
      const term = terms[Math.floor(user.random() * terms.length)]!
      await user.request('type', { path: `/autocomplete/${encodeURIComponent(role)}/${encodeURIComponent(term.slice(0, 4))}` })
      const answer = await user.request('search', { method: 'POST', path: '/documents/search', body: { search_term: term, limit: 10 } })
      if (!found(answer)) throw new Error('the search found nothing')
      await user.request('more', { method: 'POST', path: '/documents/search', body: { search_term: term, skip: 10, limit: 10 } })
    },
  })

  // Twenty users on fewer connections, on as many, and in between: waiting for one is `connection_wait_ms`.
  for (const sockets of [2, 20]) searching.http(`connection_pool_${sockets}`, searches, { ...load, users: 20, pool: { sockets } })
  searching.http('connection_pool', searches, { ...load, users: 20, pool: { sockets: 5 } })

  searching.capacity('capacity', searches, {
    keep: 'p95_time_ms < 100',
    from: 20,
    to: 10_000,
    probe: '1s',
    step: 1.2,
    repeats: 2,
    check: found,
  })

  const sizesCase = { time: '1s', over: sizes, timeout: '10m' } as const
  bench.scale('data_scale', { ...sizesCase, setup: openCorpus, teardown: ({ close }) => close() }, ({ db }) => searchIn(db, corpusTerm))
  if (!full)
    bench('data_scale_1000000', () => {
      notApplicable('a million documents take some minutes and a gigabyte of disk: set VITEST_PERF_FULL=1')
    })
})

describePerf('several servers', noise, () => {
  /** Started when a case first wants it, ended with this suite. */
  let nodes: Promise<Cluster> | undefined
  const started = (): Promise<Cluster> => {
    needsOwnServers()
    return (nodes ??= cluster({ backends, server: small }))
  }
  afterAll(async () => (await nodes)?.stop())

  const clustered = bench.extend({
    // oxlint-disable-next-line no-empty-pattern
    server: async ({}, use: (server: RunningServer) => Promise<void>) => use(await started()),
  })
  clustered.http('load_balancing', searches, { ...load, connections: 10 })
  // How evenly 300 requests of ten clients are spread over the servers.
  clustered.track('load_balancing_variation', async () => (await spread(await started())).coefficient_of_variation, {
    unit: 'coefficient of variation',
  })
  clustered.track('load_balancing_chi_square', async () => (await spread(await started())).chi_square, { unit: 'chi-square' })

  // One of the servers is killed in the middle of the load. What failed is counted, and the way back is `recovery_time_ms`.
  const killing = bench.extend({
    // oxlint-disable-next-line no-empty-pattern
    server: async ({}, use: (server: RunningServer) => Promise<void>) => {
      const over = new AbortController()
      const killed = killUnderLoad(await started(), over.signal)
      await use(await started())
      over.abort()
      if (!(await killed)) throw new Error(`the load ended before its first ${answersBeforeKill} answers, so no server was killed`)
    },
  })
  killing.http('failover', posted, { rate: 200, duration: '5s', check: found })
})

// A server that may use only so much heap: it must go on answering, and collects more often for it.
describePerf('resource limits', { ...noise, server: { ...small, env: { ...small.env, NODE_OPTIONS: '--max-old-space-size=48' } } }, () => {
  const limited = bench.extend({
    server: async ({ server }: { server: RunningServer }, use: (server: RunningServer) => Promise<void>) => {
      needsOwnServers()
      await use(server)
    },
  })
  limited.http('resource_limits', searches, { ...load, connections: 50 })
  // Beyond the limit of 2 MB a request is refused, and the server is none the worse.
  limited.track(
    'resource_limits_refused',
    async ({ server }) => {
      const body = { search_term: 'x'.repeat(3 * 1024 * 1024) }
      const statuses: number[] = []
      for (let request = 0; request < 20; request++) {
        statuses.push((await ask(server, { method: 'POST', path: '/documents/search', body }).catch(() => ({ status: 413 }))).status)
        if (!healthy(await ask(server, { path: '/health' }))) throw new Error('the server is not well after a request that was too large')
      }
      return statuses.map((status) => Number(status === 413))
    },
    { unit: 'share of too large requests', better: 'higher' },
  )
})

/** Full text search in SQLite over the first `size` documents, on the disk. */
async function openCorpus(size: number) {
  const folder = await tempDir({ bytes: size * bytesPerDocument })
  const db = await database({ file: join(folder.path, 'corpus.sqlite') })
  const close = async () => {
    await db.close()
    await folder.remove()
  }
  // Without a journal, which would double the space; what is half made is thrown away.
  await db.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; CREATE VIRTUAL TABLE corpus USING fts5(title, description, body)')
  await db.transaction(async (within) => {
    for (const { title, description, body } of documents({ count: size }))
      await within.query('INSERT INTO corpus (title, description, body) VALUES ($1, $2, $3)', [title, description, body])
  })
  if ((await searchIn(db, corpusTerm)).length === 0) throw new Error(`nothing is found in ${size} documents`)
  return { db, close }
}

function searchIn(db: Database, term: string) {
  return db.query('SELECT rowid, title FROM corpus WHERE corpus MATCH $1 ORDER BY rank LIMIT 10', [term])
}

/** SIGKILL for one server once so many requests were answered. Gives back whether it came to that. */
async function killUnderLoad(nodes: Cluster, over: AbortSignal): Promise<boolean> {
  let answered = 0
  // What was answered before is not of this load.
  await nodes.distribution()
  while (!over.aborted) {
    answered += (await nodes.distribution()).counts.reduce((sum, count) => sum + count, 0)
    if (answered >= answersBeforeKill) return (await nodes.backends[0]?.kill())?.signal === 'SIGKILL'
    await after(20)
  }
  return false
}

async function spread(nodes: Cluster): Promise<Evenness> {
  await nodes.distribution()
  await Promise.all(
    Array.from({ length: 10 }, async (_, client) => {
      for (let request = 0; request < 30; request++) {
        const answer = await ask(nodes, searches[(client * 30 + request) % searches.length]!)
        if (!found(answer)) throw new Error(`a server answered ${answer.status}`)
      }
    }),
  )
  return nodes.distribution()
}
