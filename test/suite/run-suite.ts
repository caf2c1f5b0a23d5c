import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tempDir, type TempDir } from '../../fixtures/temp-dir/index.ts'

const root = join(import.meta.dirname, '../..')

export interface SuiteRun extends AsyncDisposable {
  readonly folder: TempDir
  readonly output: string
  // oxlint-disable-next-line typescript/no-explicit-any -- the file as it is
  readonly results: any
}

/** Runs the release-validation suite, or a part of it, in a quick run: a tenth of the time, small data, reports in a folder of its own. */
export async function runSuite(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<SuiteRun> {
  const folder = await tempDir()
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|CI$|NODE_OPTIONS|TERRAPHIM)/.test(name)),
  )
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'bench', '--run', ...args], {
    cwd: root,
    env: { ...inherited, NO_COLOR: '1', VITEST_PERF_QUICK: '1', VITEST_PERF_RESULTS: folder.path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await new Promise((resolve) => child.once('close', resolve))
  const text = await readFile(join(folder.path, 'latest/benchmark_results.json'), 'utf8').catch(() => {
    throw new Error(`the suite left no results: ${output.slice(-2000)}`)
  })
  return { folder, output, results: JSON.parse(text), [Symbol.asyncDispose]: () => folder.remove() }
}
