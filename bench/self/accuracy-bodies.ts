/** Bodies from 1 ns to 5 ms. Each keeps its state in an own closure and gives a result that depends on it. */
export interface AccuracyBody {
  readonly body: string
  readonly awaited: boolean
  readonly fn: () => unknown
}

/** About 1 ns on a core of 3 GHz: one dependent multiplication and an addition. */
function step(): () => number {
  let state = 1
  return () => (state = (Math.imul(state, 31) + 7) | 0)
}

/** So many dependent steps, which the engine can neither skip nor run ahead. */
function steps(count: number): () => number {
  let state = 1
  return () => {
    let value = state
    for (let index = 0; index < count; index++) value = (Math.imul(value, 31) + index) | 0
    return (state = value)
  }
}

function parse(): () => unknown {
  const text = '{"a":1}'
  return () => JSON.parse(text)
}

const work: Record<string, () => () => unknown> = {
  '1 ns': step,
  '10 ns': () => steps(8),
  '200 ns': parse,
  '1 us': () => steps(900),
  '50 us': () => steps(45_000),
  '5 ms': () => steps(4_500_000),
}

export function accuracyBodies(): AccuracyBody[] {
  return Object.entries(work).flatMap(([name, make]) => {
    const inner = make()
    return [
      { body: `${name}, sync`, awaited: false, fn: make() },
      { body: `${name}, async`, awaited: true, fn: async () => inner() },
    ]
  })
}
