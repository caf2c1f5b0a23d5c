import type { Vitest } from 'vitest/node'

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const
type Signal = keyof typeof exitCodes
const signals = Object.keys(exitCodes) as Signal[]
type Listener = NodeJS.SignalsListener

/**
 * While benchmarks run, a first SIGINT or SIGTERM cancels the run instead of ending the process, so that what was measured is
 * judged and written as interrupted; a second one does what it did before. Vitest's own listeners, which exit at once, are set
 * aside for that time. (In a terminal Vitest reads Ctrl-C from the keyboard itself, and cancels in the same way.)
 *
 * @returns gives the signals back; to be called when the run is settled
 */
export function interruptOnSignals(vitest: Vitest): () => void {
  const aside = new Map<Signal, Listener[]>()
  let received: Signal | undefined

  const onSignal = (signal: Signal) => {
    if (received) return restore()
    received = signal
    process.exitCode = exitCodes[signal]
    void vitest.cancelCurrentRun('keyboard-input')
  }
  for (const signal of signals) {
    // Raw: a listener for once comes with its wrapper, and stays one for once.
    aside.set(signal, process.rawListeners(signal) as Listener[])
    process.removeAllListeners(signal)
    process.on(signal, onSignal)
  }

  function restore(): void {
    for (const [signal, listeners] of aside) {
      process.off(signal, onSignal)
      for (const listener of listeners) process.on(signal, listener)
    }
    aside.clear()
    if (received) process.kill(process.pid, received)
  }
  return restore
}
