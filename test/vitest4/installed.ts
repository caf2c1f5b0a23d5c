import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const caches = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vitest-perf')
const folder = join(caches, 'vitest-4.1')

/**
 * The node_modules of an installed Vitest 4.1. It lies in a cache outside of this repository, which has Vitest 5, and npm fills it once: 40 MB.
 *
 * @returns undefined where it cannot be had
 */
export async function vitest4(): Promise<string | undefined> {
  const modules = join(folder, 'node_modules')
  if (existsSync(join(modules, 'vitest/package.json'))) return modules
  await mkdir(caches, { recursive: true })
  const fresh = await mkdtemp(join(caches, 'vitest-4.1-'))
  try {
    await writeFile(join(fresh, 'package.json'), '{ "private": true }')
    const options = { cwd: fresh, shell: process.platform === 'win32', timeout: 120_000 }
    await promisify(execFile)('npm', ['install', 'vitest@4.1', '--no-audit', '--no-fund', '--fetch-retries=1'], options)
    // Whole or not at all: another test file may be doing the same.
    await rename(fresh, folder)
  } catch {
    await rm(fresh, { recursive: true, force: true })
  }
  return existsSync(join(modules, 'vitest/package.json')) ? modules : undefined
}

export const notHere = `not applicable: Vitest 4.1 is not in ${folder}, and npm could not install it`
