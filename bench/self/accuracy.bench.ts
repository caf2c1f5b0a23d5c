import { bench, describePerf } from 'vitest-perf'
import { accuracy } from './accuracy.ts'
import { accuracyBodies } from './accuracy-bodies.ts'

describePerf('accuracy', { timeout: '5m' }, () => {
  const measured = (() => {
    let running: ReturnType<typeof accuracy> | undefined
    return () => (running ??= accuracy())
  })()
  for (const { body } of accuracyBodies()) {
    bench.track(`accuracy ${body}`, async () => (await measured()).find((one) => one.body === body)?.ratio ?? Number.NaN, { unit: 'ratio' })
  }
})
