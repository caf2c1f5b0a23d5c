import { createHash } from 'node:crypto'

/** Bodies from 1 ns to 5 ms. Each keeps its state in an own closure and gives a result that depends on it. */
export interface AccuracyBody {
  readonly body: string
  readonly awaited: boolean
  readonly fn: () => unknown
}

/**
 * One to a few ns: a dependent multiplication through memory. With an addition alone it is a matter of chance, for any loop,
 * whether the processor forwards the stored value in four cycles or in five.
 */
function step(): () => number {
  let state = 1
  return () => (state = (Math.imul(state, 31) + 7) & 0xffff)
}

/** Dependent integer steps, which the engine can neither skip nor run ahead. They stay small, so that every tier of V8 has them fast. */
function steps(): () => number {
  let state = 1
  return () => {
    let value = state
    for (let index = 0; index < 8; index++) value = (value * 5 + index) & 0xffff
    return (state = value)
  }
}

function parse(text: string): () => unknown {
  return () => JSON.parse(text)
}

function hash(bytes: number): () => string {
  const data = Buffer.alloc(bytes, 'vitest-perf')
  return () => createHash('sha256').update(data).digest('hex')
}

const work: Record<string, () => () => unknown> = {
  '1 ns': step,
  '10 ns': steps,
  '200 ns': () => parse('{"a":1,"b":[2,3]}'),
  '1 us': () => parse(JSON.stringify({ id: 1, tags: Array.from({ length: 12 }, (_, index) => `tag ${index}`) })),
  '50 us': () => hash(80_000),
  '5 ms': () => hash(8_000_000),
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
