import { writeBaseline } from '../../src/baseline/store.ts'
import { recorded } from './make-run.ts'

/** Writes a large baseline again and again until it is killed. Says when the first one is there. */
const path = process.argv[2] ?? ''
const values = recorded(...Array.from({ length: 30 }, (_, i) => i + 1))
const cases = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`case_${i}`, { p50_time_ms: values }]))
process.on('disconnect', () => process.exit(1))
for (let i = 0; i < 10_000; i++) {
  await writeBaseline(path, { path, format: 'baseline', environments: [{ fingerprint: 'here', machine: {}, cases }] })
  if (i === 0) process.send?.('written')
}
