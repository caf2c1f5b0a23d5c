/**
 * A seeded stream of uniform numbers in [0, 1): sfc32 (Doty-Humphrey 2018, passes PractRand). Every user has a stream of its own, so
 * that what one user asks for does not depend on how fast the others were.
 */
export function randomStream(seed: number, user: number): () => number {
  let a = seed >>> 0
  let b = (user + 1) >>> 0
  let c = 0x9e3779b9
  let counter = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 15; round += 1) next()
  return next
}
