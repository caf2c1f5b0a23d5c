import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { findArtillery } from '../../src/artillery/installation.ts'

const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vitest-perf', 'artillery')

export const notInstalled = `not applicable: Artillery is not in ${folder}; VITEST_PERF_ARTILLERY=install node test/artillery/install.ts installs it (590 MB, two minutes)`

/** The folder whose node_modules holds Artillery: a cache, for it is no dependency. Filled where the environment asks for it. */
export async function artilleryFolder(): Promise<string | undefined> {
  if (isThere()) return folder
  if (process.env['VITEST_PERF_ARTILLERY'] !== 'install') return undefined
  // Whole or not at all: another process may be doing the same.
  await mkdir(dirname(folder), { recursive: true })
  const fresh = await mkdtemp(`${folder}-`)
  await writeFile(join(fresh, 'package.json'), '{ "private": true }')
  await promisify(execFile)('npm', ['install', 'artillery@2.0.21', '--no-audit', '--no-fund'], {
    cwd: fresh,
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
    shell: process.platform === 'win32',
  })
  await rm(folder, { recursive: true, force: true })
  await rename(fresh, folder)
  return folder
}

function isThere(): boolean {
  try {
    findArtillery(folder)
    return true
  } catch {
    return false
  }
}
