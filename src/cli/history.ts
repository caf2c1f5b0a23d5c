import { Command } from 'commander'

interface ImportFlags {
  readonly to?: string
  readonly project?: string
}

const importing: Command = new Command('import')
  .description('add the runs of a history file to a database')
  .argument('[file]', 'history.ndjson (<results>/history.ndjson)')
  .option('--to <address>', 'postgres://… (VITEST_PERF_HISTORY, or that of the plugin)')
  .option('--project <name>', 'whose runs they are (name in package.json)')
  .action(async (file: string | undefined, { to, project }: ImportFlags) => {
    const { importHistory } = await import('./import-history.ts')
    process.stdout.write(await importHistory({ file, to, project }))
  })

/** `vitest-perf history`: the runs that trends are made from. */
export const history: Command = new Command('history').description('add the runs of a history file to a database').addCommand(importing)
