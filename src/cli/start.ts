import { Command, CommanderError } from 'commander'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { arrangeHelp } from './help.ts'

/** Codes of mistakes in what was typed or configured; the rest of our errors is about the world. */
const mistakes: ReadonlySet<string> = new Set([
  'USAGE',
  'OPTION_INVALID',
  'BASELINE_UNREADABLE',
  'RESULTS_UNREADABLE',
  'AGAINST_NO_REPOSITORY',
  'AGAINST_REF_UNKNOWN',
  'GITHUB_JOB',
])

/** Runs the program as the process: what goes wrong becomes a message and a documented exit code. */
export async function start(program: Command): Promise<void> {
  prepare(program)
  try {
    await program.parseAsync()
  } catch (error) {
    process.exitCode = tell(error)
  }
}

/** Settings that commander hands down only to commands that it makes itself. */
export function prepare(command: Command): void {
  command.exitOverride().showHelpAfterError(`(see ${nameOf(command)} --help)`)
  arrangeHelp(command)
  for (const sub of command.commands) prepare(sub)
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
}

function tell(error: unknown): ExitCode {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  // By name: a config file may bring a copy of ours.
  if (error instanceof Error && error.name === 'PerfError') {
    process.stderr.write(`${error.message}\n`)
    const { code = '' } = error as { readonly code?: string }
    return mistakes.has(code) || code.startsWith('CONFIG_') ? exitCodes.usage : exitCodes.infrastructure
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return exitCodes.infrastructure
}
