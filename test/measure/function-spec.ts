import type { FunctionSpec } from '../../src/model/spec.ts'

/** A short case: enough for what a test looks at, not for a number to believe. */
export function functionSpec(body: FunctionSpec['body'], options: Partial<FunctionSpec> = {}): FunctionSpec {
  return { name: 'case', body, context: undefined, timeMs: 60, warmupMs: 20, minimumSampleMs: 1, memory: false, ...options }
}

/** Keeps a core busy for about so long. The clock is this module's, whatever a body did to the global one. */
const now = performance.now.bind(performance)
export function spin(ms: number): void {
  const end = now() + ms
  while (now() < end);
}

/** Some work that depends on itself: about 1 ns. */
export function step(): () => number {
  let state = 1
  return () => (state = (state + 7) & 0xffff)
}

/**
 * Whether most of five runs show it. Another program may take the core for as long as a case lasts and spoil a run or two; what is right by luck in one
 * of three is wrong in most.
 */
export async function mostRunsShow(shows: () => Promise<boolean>): Promise<boolean> {
  const counts = { yes: 0, no: 0 }
  while (counts.yes < 3 && counts.no < 3) counts[(await shows()) ? 'yes' : 'no']++
  return counts.yes === 3
}
