import type { Command } from 'commander'

/** Reads well from 80 columns on; wider than 100 no line is easy to read. */
export function arrangeHelp(command: Command): void {
  command.configureHelp({
    helpWidth: Math.max(80, Math.min(process.stdout.columns ?? 80, 100)),
    minWidthToWrap: 20,
    sortSubcommands: false,
    subcommandTerm: (sub) => [sub.name(), ...sub.registeredArguments.map(argumentText)].join(' '),
  })
}

const argumentText = (argument: Command['registeredArguments'][number]): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

export const exitCodeHelp = `
Exit codes:
  0    passed
  1    a case failed
  2    a blocking gate is not met
  3    an objective is missed critically
  4    slower than the baseline allows, or a case is missing
  5    the run could not be carried out
  64   the command line or a config file is not understood
  130  interrupted

Environment (flags win over it, it wins over files):
  TERRAPHIM_BENCH_CONFIG, TERRAPHIM_BENCH_BASELINE,
  TERRAPHIM_BENCH_ITERATIONS, TERRAPHIM_SERVER_URL, VITEST_PERF_RESULTS,
  VITEST_PERF_UPLOAD_TOKEN`
