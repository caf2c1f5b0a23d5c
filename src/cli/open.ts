import { Command } from 'commander'

/** `vitest-perf open`: the page of the newest run. */
export const open: Command = new Command('open')
  .description('open the newest HTML report; print its path where there is no browser')
  .argument('[results]', 'folder of the reports (that of the project)')
  .option('-p, --print', 'only print the path')
  .action(async (results: string | undefined, { print = false }: { readonly print?: boolean }) => {
    const [{ latestReport, openFile }, { projectPaths }] = await Promise.all([import('./open-file.ts'), import('./project-paths.ts')])
    const path = await latestReport(results ?? (await projectPaths({})).results)
    process.stdout.write(`${path}\n`)
    if (!print) await openFile(path)
  })
