/** Appends runs to a history from a process of its own: `node append-often.ts <address> <name> <count>`. */
import { openHistory } from '../../src/baseline/history-place.ts'

const [, , address = '', name = '', count = '0'] = process.argv
for (let run = 0; run < Number(count); run++) {
  // Run by Node as it stands, and Node 22 does not know `await using`.
  const history = await openHistory(address, 'shared')
  await history.append([
    {
      run: `${name}-${run}`,
      at: new Date(1.7e12 + run * 1000).toISOString(),
      commit: null,
      branch: null,
      fingerprint: 'f1',
      machine: 'a machine',
      values: Array.from({ length: 50 }, (_, index) => ({
        // New lists of cases all the time, the same in all processes.
        case: `case_${index + run}`,
        metric: index % 2 === 0 ? 'p50_time_ms' : 'memory_mb',
        unit: index % 2 === 0 ? 'ms' : 'MB',
        better: 'lower',
        value: index + run / 7,
      })),
    },
  ])
  await history[Symbol.asyncDispose]()
}
