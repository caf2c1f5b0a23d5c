import { bench, describePerf } from 'vitest-perf'
import { queries } from 'vitest-perf/fixtures'

const terms = queries({ count: 100, kinds: ['simple'] }).map(({ text }) => text)

describePerf('resources', () => {
  bench.observe('resource_monitoring_idle', { duration: '5s' })

  bench.http(
    'resource_monitoring_load',
    terms.map((term) => ({ path: `/documents/search?search_term=${encodeURIComponent(term)}&limit=10&role=Engineer` })),
    { rate: 50, duration: '5s', check: (response) => response.json().status === 'success' },
  )
})
