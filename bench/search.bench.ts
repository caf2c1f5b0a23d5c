import {
  bench,
  describePerf,
  notApplicable,
  type HttpOptions,
  type RequestContext,
  type RequestSpec,
  type RunningServer,
} from 'vitest-perf'
import { documentAt, judgements, ndcgAt, queries, recallAt, reciprocalRank, type Query } from 'vitest-perf/fixtures'
import { found, succeeded } from './answers.ts'
import { sized } from './pace.ts'
import { ask, changing, findable, offering, role } from './target.ts'

/** Two runs of the same code differ by as much as this: a change must be larger to fail the run. `vitest-perf against` sees smaller ones. */
const noise = { regression_threshold_percent: 30 }

const load: HttpOptions = { connections: 10, duration: '3s', check: found }
/** The corpus that the reference server holds, and that the judgements are about. */
const corpus = { count: 10_000, seed: 1 }

/** The product keeps the answers of its last searches. */
const remembered = 64

const judged = queries({ count: sized(60, 12), kinds: ['simple', 'complex'] })
const misspelt = queries({ count: 100, kinds: ['typo'] })

describePerf('search', noise, () => {
  // Before any load and any new document: both may change what is found, and in which order.
  bench.track('ranking_accuracy', ({ server }) => scores(server, (ranking, judgements) => ndcgAt(10, ranking, judgements)), {
    unit: 'nDCG@10',
    better: 'higher',
  })
  bench.track('ranking_reciprocal_rank', ({ server }) => scores(server, (ranking, judgements) => reciprocalRank(ranking, judgements, 3)), {
    unit: 'MRR',
    better: 'higher',
  })
  bench.track('ranking_recall', ({ server }) => scores(server, (ranking, judgements) => recallAt(100, ranking, judgements, 2)), {
    unit: 'recall@100',
    better: 'higher',
  })

  // Mixed: a few terms are asked often, many seldom, as people do. Cold: each term comes again only after
  // some hundred others. Warm: few enough to be remembered.
  for (const kind of ['simple', 'complex'] as const) {
    const requests = findable(kind, 2000)
      .slice(0, 300)
      .map((query) => searchFor(query))
    const searching = offering(requests[0]!, found)
    const withManyTerms = searching.extend({
      server: async ({ server }: { server: RunningServer }, use: (server: RunningServer) => Promise<void>) => {
        if (requests.length <= remembered)
          notApplicable(`${requests.length} searches are remembered: name more than ${remembered} TERRAPHIM_BENCH_TERMS`)
        await use(server)
      },
    })
    searching.http(`${kind}_query`, zipf(requests), load)
    withManyTerms.http(`${kind}_query_cold`, inTurn(requests, 10), load)
    searching.http(`${kind}_query_warm`, requests.slice(0, 20), load)
  }

  // A misspelt word finds nothing in a search of documents, by design; what tolerates typing errors is the completion of terms.
  const completions: RequestSpec[] = misspelt.map(({ text }) => ({
    path: `/autocomplete/${encodeURIComponent(role)}/${encodeURIComponent(text)}`,
  }))
  const completing = offering(completions[0]!, succeeded)
  completing.http('fuzzy_search', completions, { ...load, check: succeeded })
  completing.track(
    'fuzzy_recall',
    async ({ server }) => {
      const suggested = await Promise.all(completions.map(async (request) => (await ask(server, request)).json().suggestions))
      return misspelt.map(({ intended }, index) => Number(suggested[index].some(({ term }: { term: string }) => term === intended)))
    },
    { unit: 'share of typos', better: 'higher' },
  )
  bench.http(
    'fuzzy_search_documents',
    misspelt.map((query) => searchFor(query)),
    { ...load, check: succeeded },
  )

  // Bytes are in `body_bytes_per_request`.
  const large: RequestSpec = {
    method: 'POST',
    path: '/documents/search',
    body: { search_terms: queries({ count: 30, kinds: ['simple'] }).map(({ text }) => text), operator: 'or', limit: 500 },
  }
  offering(large, found).http('large_results', large, { ...load, connections: 4 })
  offering(large, found).track('large_results_count', async ({ server }) => (await ask(server, large)).json().results.length, {
    unit: 'documents',
    better: 'higher',
  })

  // Last, since every new document empties what the server remembers. There is no way to delete one again.
  changing.http(
    'document_indexing',
    ({ user, iteration }) => ({ method: 'POST', path: '/documents', body: newDocument(user, iteration) }),
    { connections: 1, duration: '3s', check: succeeded },
  )
})

async function scores(server: RunningServer, score: (ranking: readonly string[], judgements: ReadonlyMap<string, number>) => number) {
  const rankings: string[][] = []
  for (const query of judged) {
    const { results } = (await ask(server, searchFor(query, 100))).json()
    rankings.push(results.map(({ id }: { id: string }) => id))
  }
  if (!rankings.flat().some((id) => /^doc-\d{7}$/.test(id)))
    notApplicable('the server holds other documents than the judged ones: load those of documents() from vitest-perf/fixtures into it')
  return judged.map((query, index) => score(rankings[index]!, judgements(query, corpus)))
}

function searchFor({ terms, operator }: Pick<Query, 'terms' | 'operator'>, limit = 10): RequestSpec {
  const body = terms.length === 1 ? { search_term: terms[0], limit } : { search_terms: terms, operator, limit }
  return { method: 'POST', path: '/documents/search', body }
}

/** The k-th is asked for 1 / k as often as the first. */
function zipf(requests: readonly RequestSpec[]): RequestSpec[] {
  return requests.map((request, index) => ({ ...request, weight: 1 / (index + 1) }))
}

/** One after the other; each of the users begins at another place of the round. */
function inTurn(requests: readonly RequestSpec[], users: number) {
  return ({ user, iteration }: RequestContext): RequestSpec =>
    requests[(Math.floor((user * requests.length) / users) + iteration) % requests.length]!
}

function newDocument(user: number, iteration: number) {
  const number = 1_000_000 + user * 100_000 + iteration
  return { ...documentAt(number), id: `bench-${number}` }
}
