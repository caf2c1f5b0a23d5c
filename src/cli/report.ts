import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { PerfError } from '../model/error.ts'

interface Flags {
  readonly format: string
  readonly output?: string
  readonly history?: string
  readonly templates?: string
}

/** What is made of templates. */
const hasTemplates: ReadonlySet<string> = new Set(['html', 'markdown', 'markdown-full'])

/** What trends would be seen in; nobody misses them in the others. */
const showsHistory: ReadonlySet<string> = new Set(['html', 'markdown', 'markdown-full', 'pdf'])

/** `vitest-perf report`: any report of a run that is stored. */
export const report: Command = new Command('report')
  .description('make a report of a stored run')
  .argument('<input>', 'benchmark_results.json, ours or the mission’s, or its folder')
  .option('-f, --format <name>', 'html, json, markdown, pdf, junit, csv, openmetrics, …', 'html')
  .option('-o, --output <path>', 'file or folder to write to (standard output)')
  .option('--history <place>', 'history.ndjson or postgres://… (beside the results)')
  .option('--templates <folder>', 'templates of your own (those of the run)')
  .action(async (input: string, { format, output, history, templates }: Flags) => {
    const [{ formatNamed }, { readStoredRun }, { withHistoryOf }, { withTemplates }, { reportOf }, { writeWhole }] = await Promise.all([
      import('./formats.ts'),
      import('./stored-run.ts'),
      import('./stored-history.ts'),
      import('./stored-templates.ts'),
      import('../report/reporter.ts'),
      import('../report/write-whole.ts'),
    ])
    const reporter = formatNamed(format)
    const followed = await withHistoryOf(await readStoredRun(input), input, history)
    if (followed.note !== undefined && (history !== undefined || showsHistory.has(format))) process.stderr.write(`${followed.note}\n`)
    const { run, note } = await withTemplates(followed.run, templates)
    if (note !== undefined && hasTemplates.has(format)) process.stderr.write(`${note}\n`)
    const content = await reporter.render(reportOf(run))
    if (output === undefined) {
      if (process.stdout.isTTY && (format === 'html' || typeof content !== 'string'))
        throw new PerfError('USAGE', `A report as ${format} is no text for a terminal: name a file with --output.`)
      process.stdout.write(content)
      return
    }
    const isFolder = await stat(output).then(
      (found) => found.isDirectory(),
      () => output.endsWith('/'),
    )
    const path = isFolder ? join(output, reporter.file) : output
    await writeWhole(path, content).catch((cause: Error) => {
      throw new PerfError('RESULTS_UNWRITABLE', `${path} cannot be written: ${cause.message}`, { cause })
    })
    process.stdout.write(`${path}\n`)
  })
