import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PerfError } from '../model/error.ts'

/** @throws PerfError RESULTS_UNREADABLE */
export async function latestReport(results: string): Promise<string> {
  const latest = resolve(results, 'latest')
  const path = join(latest, 'benchmark_report.html')
  if (await exists(path)) return path
  if (!(await exists(latest))) throw new PerfError('RESULTS_UNREADABLE', `There is no report in ${resolve(results)}: run the benchmarks first.`)
  const remedy = (await exists(join(latest, 'benchmark_results.json')))
    ? `\`vitest-perf report ${latest} -o report.html\` makes it.`
    : 'Turn "html" on in reporting, and run the benchmarks.'
  throw new PerfError('RESULTS_UNREADABLE', `The newest run, in ${latest}, has no HTML report: ${remedy}`)
} // prettier-ignore

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Shows a file in the desktop's browser, which outlives us. Where there is none, nothing happens: the path was printed. */
export async function openFile(path: string, env: Readonly<Record<string, string | undefined>> = process.env): Promise<boolean> {
  const opener = openerOf(process.platform, env)
  if (!opener) return false
  const [command = '', ...args] = opener
  const child = spawn(command, [...args, path], { detached: true, stdio: 'ignore' })
  return new Promise((done) => {
    child.once('error', () => done(false))
    child.once('spawn', () => {
      child.unref()
      done(true)
    })
  })
}

/** The command that opens files, or nothing where there is no screen. */
export function openerOf(platform: NodeJS.Platform, env: Readonly<Record<string, string | undefined>>): readonly string[] | undefined {
  if (env['CI']) return undefined
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['cmd', '/c', 'start', '']
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined
}
