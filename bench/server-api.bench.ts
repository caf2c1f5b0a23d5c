import {
  bench,
  describePerf,
  endpoints,
  notApplicable,
  type HttpOptions,
  type RequestSpec,
  type RunningServer,
  type ServerOptions,
} from 'vitest-perf'
import { server as startServer } from 'vitest-perf/fixtures'
import { healthy, succeeded } from './answers.ts'
import { sized } from './pace.ts'
import { ask, findableTerms, isForeign, needsOwnServers, offering, role, spare } from './target.ts'

/** Two runs of the same code differ by as much as this: a change must be larger to fail the run. `vitest-perf against` sees smaller ones. */
const noise = { regression_threshold_percent: 30 }

const load: HttpOptions = { connections: 10, duration: '4s' }
const starts = 5
const reference: ServerOptions = {
  command: 'node dist/fixtures/reference-server/main.js',
  ready: '/health',
  env: { DOCUMENTS: String(sized(10_000, 500)) },
}

const terms = findableTerms(20)
const searches: RequestSpec[] = terms.map((search_term) => ({
  method: 'POST',
  path: '/documents/search',
  body: { search_term, limit: 10 },
}))
const questions: RequestSpec[] = terms.map((term) => ({
  method: 'POST',
  path: '/chat',
  body: { role, messages: [{ role: 'user', content: `What is known about the ${term}?` }] },
}))

describePerf('server-api', noise, () => {
  bench.track(
    'startup_time',
    async () => {
      needsOwnServers()
      const times: number[] = []
      for (let start = 0; start < starts; start++) {
        const started = await startServer(reference, { root: process.cwd() })
        times.push(started.startup_time_ms ?? notApplicable('its start was not seen: start it by command or module'))
        await started.stop()
      }
      return times
    },
    { unit: 'ms', timeout: '3m' },
  )

  bench.http('health_check', { path: '/health' }, { ...load, check: healthy })

  offering(searches[0]!, succeeded).http('search_api', searches, { ...load, check: succeeded })

  offering({ path: '/config' }, succeeded).http('config_api', { path: '/config' }, { ...load, check: succeeded })

  offering(questions[0]!, succeeded).http('chat_api', questions, { ...load, check: succeeded })

  // Replaces the whole configuration, as the route does, and puts back what was there.
  let config: Record<string, unknown> = {}
  bench
    .extend({
      server: async ({ server }: { server: RunningServer }, use: (server: RunningServer) => Promise<void>) => {
        spare(server)
        const before = (await ask(server, { path: '/config' })).json().config
        if (isForeign(server) && JSON.stringify(before).includes('redacted'))
          notApplicable(`the server at ${server.url} hides parts of its configuration, so it could not be put back`)
        config = before
        try {
          await use(server)
        } finally {
          await ask(server, { method: 'POST', path: '/config', body: before })
        }
      },
    })
    .http(
      'config_update',
      ({ iteration }) => ({ method: 'POST', path: '/config', body: { ...config, global_shortcut: `Ctrl+${iteration % 10}` } }),
      { connections: 2, duration: '2s', check: succeeded },
    )

  // Endpoints that stand in benchmark-config.json.
  for (const { name, request, options } of endpoints()) bench.http(name, request, options)
})
