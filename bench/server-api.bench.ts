import { bench, describePerf, type HttpOptions } from 'vitest-perf'
import { queries } from 'vitest-perf/fixtures'

const terms = queries({ count: 20, kinds: ['simple'] }).map(({ text }) => text)
const succeeded: HttpOptions = { connections: 10, duration: '5s', check: (response) => response.json().status === 'success' }

describePerf('server-api', () => {
  bench.http('health_check', { path: '/health' }, { connections: 10, duration: '5s', check: (response) => response.json().status === 'ok' })

  bench.http(
    'search_api',
    terms.map((search_term) => ({ method: 'POST', path: '/documents/search', body: { search_term, limit: 10 } })),
    succeeded,
  )

  bench.http('config_api', { path: '/config' }, succeeded)

  bench.http(
    'chat_api',
    terms.map((term) => ({
      method: 'POST',
      path: '/chat',
      body: { role: 'Default', messages: [{ role: 'user', content: `What is known about the ${term}?` }] },
    })),
    succeeded,
  )
})
