/** Appends runs to a history from a process of its own: `node append-often.ts <path> <name> <count>`. */
import { appendHistory } from '../../src/baseline/history-store.ts'

const [, , path = '', name = '', count = '0'] = process.argv
for (let run = 0; run < Number(count); run++) {
  await appendHistory(path, {
    run: `${name}-${run}`,
    at: new Date(1.7e12 + run * 1000).toISOString(),
    commit: null,
    branch: null,
    fingerprint: 'f1',
    machine: 'a machine',
    // Long enough that a line does not fit into one page or one pipe buffer.
    values: Array.from({ length: 3000 }, (_, index) => ({
      case: `case_with_a_rather_long_name_${index}`,
      metric: 'p50_time_ms',
      unit: 'ms',
      better: 'lower',
      value: index + run / 7,
    })),
  })
}
