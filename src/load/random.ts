import { sfc32 } from '../stats/random.ts'

/** Uniform numbers of one user: every user has a stream of its own, so that what one asks for does not depend on how fast the others were. */
export function randomStream(seed: number, user: number): () => number {
  return sfc32([seed >>> 0, (user + 1) >>> 0, 0x9e3779b9], 15)
}
