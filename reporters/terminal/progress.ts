import { counted, elapsed } from '../../src/report/format.ts'
import { plain } from '../../src/report/plain-text.ts'

export interface ProgressState {
  readonly done: number
  /** Cases of the files that were read so far. */
  readonly known: number
  readonly files: { readonly known: number; readonly all: number }
  readonly elapsed_ms: number
  /** A case that has been under way for a while, and for how long. */
  readonly running?: { readonly name: string; readonly ms: number }
}

/** `   3 of 6 cases · 35 s · about 40 s left`: files that were not read yet are taken for as long as the others. */
export function progressLine({ done, known, files, elapsed_ms, running }: ProgressState): string {
  const share = ((done / Math.max(1, known)) * files.known) / files.all
  const of = files.known < files.all ? `${counted(done, 'case')}, file ${files.known} of ${files.all}` : `${done} of ${counted(known, 'case')}`
  const left = share > 0.05 ? ` · about ${roughly((elapsed_ms / share) * (1 - share))} left` : ''
  const now = running ? ` · ${plain(running.name, 40)} for ${roughly(running.ms)}` : ''
  return `   ${of} · ${roughly(elapsed_ms)}${left}${now}`
} // prettier-ignore

// Seconds are enough, and of minutes the quarter.
const roughly = (ms: number): string => elapsed(ms < 60_000 ? Math.max(1, Math.round(ms / 1000)) * 1000 : Math.round(ms / 15_000) * 15_000)
