import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { PerfError } from '../model/error.ts'

/** @throws PerfError RESULTS_UNREADABLE */
export async function latestReport(results: string): Promise<string> {
  const path = resolve(results, 'latest', 'benchmark_report.html')
  await stat(path).catch((cause: Error) => {
    throw new PerfError('RESULTS_UNREADABLE', `There is no report at ${path}: run the benchmarks first.`, { cause })
  })
  return path
}

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
