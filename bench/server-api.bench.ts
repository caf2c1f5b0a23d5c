import { bench, describePerf } from 'vitest-perf'

const fresh = ['rust', 'index', 'query', 'cache', 'network', 'storage', 'parser', 'thread', 'graph', 'memory']

describePerf('server-api', () => {
  bench.http('health_check', { path: '/health' }, { connections: 10, duration: '5s', check: (response) => response.json().status === 'ok' })

  bench.http(
    'search_api',
    fresh.map((search_term) => ({ method: 'POST', path: '/documents/search', body: { search_term, limit: 10 } })),
    { connections: 10, duration: '5s', check: (response) => response.json().status === 'success' },
  )

  bench.http(
    'config_api',
    { path: '/config' },
    { connections: 10, duration: '5s', check: (response) => response.json().status === 'success' },
  )

  bench.http(
    'chat_api',
    {
      method: 'POST',
      path: '/chat',
      body: { role: 'Engineer', messages: [{ role: 'user', content: 'How does the index store a document?' }] },
    },
    { connections: 10, duration: '5s', check: (response) => response.json().status === 'success' },
  )
})
