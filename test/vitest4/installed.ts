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
export function vitest4(): Promise<string | undefined> {
  return (asked ??= find())
}

let asked: Promise<string | undefined> | undefined

async function find(): Promise<string | undefined> {
  const modules = join(folder, 'node_modules')
  if (existsSync(join(modules, 'vitest/package.json'))) return modules
  await mkdir(caches, { recursive: true })
  const fresh = await mkdtemp(join(caches, 'vitest-4.1-'))
  try {
    await writeFile(join(fresh, 'package.json'), '{ "private": true }')
    // What an npm above us says about its own project is not meant for this one.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))
    const options = { cwd: fresh, env, shell: process.platform === 'win32' }
    const npm = (args: readonly string[], timeout: number) => promisify(execFile)('npm', args, { ...options, timeout })
    // An install without a network tries for minutes.
    await npm(['ping', '--fetch-retries=0', '--fetch-timeout=10000'], 15_000)
    await npm(['install', 'vitest@4.1', '--no-audit', '--no-fund', '--fetch-retries=1'], 120_000)
    // Whole or not at all: another test file may be doing the same.
    await rename(fresh, folder)
  } catch {
    await rm(fresh, { recursive: true, force: true })
  }
  return existsSync(join(modules, 'vitest/package.json')) ? modules : undefined
}

export const notHere = `not applicable: Vitest 4.1 is not in ${folder}, and npm could not install it`
