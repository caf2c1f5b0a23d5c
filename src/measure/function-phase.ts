/** What is done with a function at the moment. Only `measure` takes the samples. */
export type FunctionPhase = 'setup' | 'warm-up' | 'measure' | 'checks' | 'memory' | 'teardown'

export type OnPhase = (phase: FunctionPhase) => void

export function unheard(): void {}

/** Each phase when it begins first: cases that are measured in turns are set up, and checked, one after the other. */
export function firstOfEach(onPhase: OnPhase): OnPhase {
  const begun = new Set<FunctionPhase>()
  return (phase) => {
    if (begun.has(phase)) return
    begun.add(phase)
    onPhase(phase)
  }
}
