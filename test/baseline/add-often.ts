import type { Baseline } from '../../src/baseline/baseline.ts'
import { updateBaseline } from '../../src/baseline/store.ts'

// A process that adds values of its own to one case of a baseline, again and again.
const [path = '', who = '', count = '0'] = process.argv.slice(2)
for (let at = 0; at < Number(count); at++)
  await updateBaseline(path, async (reading): Promise<[undefined, Baseline]> => {
    const [own] = reading.state === 'usable' ? reading.baseline.environments : []
    const values = [...(own?.cases['a']?.['value'] ?? []), { at: null, commit: `${who}-${at}`, value: at }]
    return [undefined, { path, format: 'baseline', environments: [{ fingerprint: 'm', machine: {}, cases: { a: { value: values } } }] }]
  })
