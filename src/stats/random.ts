/**
 * Uniform numbers in [0, 1) from a seed: the same ones in every run, on every machine. sfc32 by Chris Doty-Humphrey
 * (PractRand), seeded through twelve discarded steps as its author advises.
 */
export function seededRandom(seed: number): () => number {
  let a = 0
  let b = seed >>> 0
  let c = Math.floor(seed / 2 ** 32) >>> 0
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
  for (let step = 0; step < 12; step++) next()
  return next
}
