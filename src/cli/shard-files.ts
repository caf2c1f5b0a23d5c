import { readdir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PerfError } from '../model/error.ts'

const results = 'benchmark_results.json'
/** Folders of downloaded artifacts lie in one another, but not deeper. */
const deepest = 4

/**
 * The results that files and folders name: a file itself; of a folder its own results, else those of its `latest`, else what its folders hold. A
 * results folder that was kept for months so gives its newest run, and a folder of artifacts one run each.
 *
 * @throws PerfError RESULTS_UNREADABLE where there is none
 */
export async function shardFiles(named: readonly string[]): Promise<string[]> {
  const found = new Set<string>()
  for (const path of named) {
    const kind = await kindOf(path)
    const files = kind === 'file' ? [path] : kind === 'folder' ? await resultsIn(path, deepest) : []
    if (files.length === 0) {
      const what = kind === undefined ? 'there is no such file or folder' : `there is no ${results} in it`
      throw new PerfError('RESULTS_UNREADABLE', `${path} cannot be merged: ${what}.`, { place: { file: path } })
    }
    // The same file by two ways is one.
    for (const file of files) found.add(await realpath(file))
  }
  return [...found]
}

async function resultsIn(folder: string, depth: number): Promise<string[]> {
  for (const path of [join(folder, results), join(folder, 'latest', results)]) if ((await kindOf(path)) === 'file') return [path]
  if (depth === 0) return []
  const entries = await readdir(folder, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').map(({ name }) => name)
  const inside = await Promise.all(folders.toSorted().map((name) => resultsIn(join(folder, name), depth - 1)))
  return inside.flat()
}

async function kindOf(path: string): Promise<'file' | 'folder' | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found?.isDirectory() ? 'folder' : found?.isFile() ? 'file' : undefined
}
