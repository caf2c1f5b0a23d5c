import type { Run } from '../model/run.ts'
import { withoutSecrets } from './redact.ts'
import type { ResultsJson } from './results.ts'
import { resultsOf } from './results.ts'
import type { View } from './view.ts'
import { viewOf } from './view.ts'

/** A judged run in the three forms that a reporter may want: the data, the words, and the file format. None of them holds a secret of the config. */
export interface Report {
  readonly run: Run
  readonly view: View
  readonly results: ResultsJson
}

/**
 * Makes one file of a report. It writes nothing itself: what it returns is written whole, or not at all.
 *
 * @example
 * const csv = {
 *   file: 'cases.csv',
 *   render: ({ run }) => run.cases.map((one) => `${one.identity.id},${one.state}`).join('\n'),
 * } satisfies Reporter
 */
export interface Reporter {
  /** Name of the file inside the folder of the run. */
  readonly file: string
  render(report: Report): string | Uint8Array | Promise<string | Uint8Array>
  /** The same text in pieces, of a file that may be very large: they are written as they come. */
  pieces?(report: Report): Iterable<string>
}

export function reportOf(run: Run): Report {
  const shown = withoutSecrets(run)
  return { run: shown, view: viewOf(shown), results: resultsOf(shown) }
}
