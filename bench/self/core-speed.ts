// Which batches of a body were slow, and what the probe of the core said of them: node bench/self/core-speed.ts [seconds]
import { fastestProbe, probeCore } from '../../src/measure/core-speed.ts'

interface Batch {
  readonly ns_per_call: number
  readonly probe_ns: number
  /** The same for operations that wait for each other. */
  readonly chain_ns: number
}

const seconds = Number(process.argv[2] ?? 20)
const text = JSON.stringify({ name: 'a', list: [1, 2, 3], nested: { x: 1.5, y: 'b' } })
let kept = 0

function chain(): number {
  const start = performance.now()
  let state = kept & 1
  for (let at = 0; at < 30_000; at++) state = (state * 31 + at) | 0
  kept ^= state
  return (performance.now() - start) * 1e6
}

function batch(): Batch {
  const before = [probeCore(), chain()] as const
  const start = performance.now()
  let calls = 0
  for (; performance.now() - start < 5; calls += 50)
    for (let call = 0; call < 50; call++) kept ^= (JSON.parse(text) as { list: number[] }).list.length
  const ns_per_call = ((performance.now() - start) * 1e6) / calls
  return { ns_per_call, probe_ns: Math.max(before[0], probeCore()), chain_ns: Math.max(before[1], chain()) }
}

const quantile = (values: readonly number[], p: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(p * (values.length - 1))] ?? Number.NaN
const share = (list: readonly Batch[], isIt: (one: Batch) => boolean): string =>
  list.length === 0 ? 'none' : `${Math.round((100 * list.filter(isIt).length) / list.length)} %`

for (let turn = 0; turn < 100; turn++) batch()
const batches: Batch[] = []
for (const end = performance.now() + seconds * 1000; performance.now() < end;) batches.push(batch())

const usual = quantile(batches.map(({ ns_per_call }) => ns_per_call), 0.1) // prettier-ignore
const fastestChain = Math.min(...batches.map(({ chain_ns }) => chain_ns))
const [slow, fast] = [
  batches.filter(({ ns_per_call }) => ns_per_call > 1.2 * usual),
  batches.filter(({ ns_per_call }) => ns_per_call < 1.08 * usual),
]
for (const [name, list] of Object.entries({ slow, fast })) {
  const isShared = ({ probe_ns }: Batch): boolean => probe_ns > 1.1 * fastestProbe()
  const isChainLonger = ({ chain_ns }: Batch): boolean => chain_ns > 1.1 * fastestChain
  console.log(`${list.length} ${name} batches: shared by the probe ${share(list, isShared)}, by a chain ${share(list, isChainLonger)}`)
}
