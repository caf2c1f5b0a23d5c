import type { Vitest } from 'vitest/node'

/**
 * A first SIGINT or SIGTERM cancels the run, so that what was measured is judged and written as interrupted; a second ends the
 * process as usual. In a terminal Vitest reads Ctrl-C from the keyboard itself and does the same.
 */
export function cancelOnSignals(vitest: Vitest): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.exitCode = signal === 'SIGINT' ? 130 : 143
      void vitest.cancelCurrentRun('keyboard-input').then(() => vitest.exit(true))
    })
  }
}
