/** The case that every comparison has: code of ours, the same on both sides. */
export const controlId = 'vitest-perf:control'
