/**
 * A Vite plugin by this name says that Vitest runs for one side of a comparison: our own plugin then prepares the workers as ever, and judges and
 * writes nothing.
 */
export const sidePlugin = { name: 'vitest-perf:side' } as const
