import type { ExitReason } from '../model/run.ts'

/**
 * What the command line ends with: the reason of the run's verdict as a number, so that a shell can tell a budget that was broken from
 * a machine that was. Plain `vitest bench` ends with 0 or 1 only. Documented in docs/cli.md.
 */
export const exitCodes = {
  ok: 0,
  /** A case threw, timed out or lost its server. */
  failed_case: 1,
  /** A blocking gate failed or had nothing to judge. */
  gate: 2,
  /** A service level objective was missed critically. */
  slo: 3,
  /** A case became slower than allowed, or a case of the baseline is missing. */
  regression: 4,
  /** The run could not be carried out, nothing could be measured or compared, or reports could not be written. */
  infrastructure: 5,
  /** The command line or a configuration file is not understood (EX_USAGE of sysexits.h). */
  usage: 64,
  /** Stopped by a signal or from the keyboard. */
  interrupted: 130,
} as const satisfies Record<ExitReason | 'usage', number>

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export function exitCodeOf(reason: keyof typeof exitCodes): ExitCode {
  return exitCodes[reason]
}
