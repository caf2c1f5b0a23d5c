import { fork, type ChildProcess } from 'node:child_process'

/** Programs that take a core for a while at random moments, one for each core. */
export function startNeighbours(count: number): { stop(): void } {
  const children: ChildProcess[] = Array.from({ length: count }, (_, at) => fork(import.meta.filename, ['burst', String(at + 1)]))
  return {
    stop() {
      for (const child of children) child.kill('SIGKILL')
    },
  }
}

/** Bursts and pauses of 20 to 500 ms, as many of each: half of a core, never when one expects it. */
async function burst(seed: number): Promise<never> {
  let state = seed * 2654435761
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32
  for (;;) {
    const until = performance.now() + 20 + 480 * random()
    while (performance.now() < until) Math.sqrt(random())
    await new Promise((resolve) => setTimeout(resolve, 20 + 480 * random()))
  }
}

if (process.argv[2] === 'burst') {
  process.on('disconnect', () => process.exit(0))
  void burst(Number(process.argv[3]))
}
