/**
 * Uniform numbers in [0, 1): sfc32 by Chris Doty-Humphrey (PractRand, passes its tests), the first `discarded` steps left out as its author
 * advises.
 */
export function sfc32(state: readonly [a: number, b: number, c: number], discarded: number): () => number {
  let [a, b, c] = state
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let step = 0; step < discarded; step++) next()
  return next
}

/** Uniform numbers from a seed: the same ones in every run, on every machine. */
export function seededRandom(seed: number): () => number {
  return sfc32([0, seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0], 12)
}
