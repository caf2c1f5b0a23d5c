import type { Phase } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'

/** The phase that totals are about. */
export const measuredPhase = 'measure'

export interface PhaseLog {
  begin(name: string, at: Milliseconds): void
  end(at: Milliseconds): void
  measuring(): boolean
  measuredAny(): boolean
  list(): readonly Phase[]
}

/** Phases follow each other without a gap, in milliseconds since `origin`. */
export function phaseLog(origin: Milliseconds): PhaseLog {
  const phases: Phase[] = []
  let open: { name: string; from_ms: Milliseconds } | undefined
  const relative = (at: Milliseconds): Milliseconds => Math.round((at - origin) * 10) / 10

  function end(at: Milliseconds): void {
    if (open) phases.push({ ...open, to_ms: relative(at) })
    open = undefined
  }
  return {
    begin(name, at) {
      end(at)
      open = { name, from_ms: relative(at) }
    },
    end,
    measuring: () => open?.name === measuredPhase,
    measuredAny: () => open?.name === measuredPhase || phases.some(({ name }) => name === measuredPhase),
    list: () => phases,
  }
}
