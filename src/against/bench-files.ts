import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { bringFiles } from './copy-files.ts'
import type { Tree } from './tree.ts'

export interface BenchOverlay {
  /** Benchmark files and configs of head, relative to the project. */
  readonly files: readonly string[]
  /** Those of them that are configs. */
  readonly configs: readonly string[]
  /** Would this file be a benchmark of the project? */
  readonly isBench: (file: string) => boolean
}

/** Does base declare its benchmarks in another way than head: other files, or other text in them? */
export async function benchesDiffer(base: Tree, head: Tree, { files, isBench }: BenchOverlay): Promise<boolean> {
  const [from, to] = [projectOf(head), projectOf(base)]
  for (const file of files) if ((await textOf(join(from, file))) !== (await textOf(join(to, file)))) return true
  return (await filesIn(to)).some((file) => isBench(file) && !files.includes(file))
}

/** Lays the benchmark files of one tree over another, so that both sides run the same cases. What lies outside of the trees is shared anyway. */
export async function layOver(from: Tree, to: Tree, files: readonly string[]): Promise<void> {
  await bringFiles(
    projectOf(from),
    projectOf(to),
    files.filter((file) => isInside(to.root, join(projectOf(to), file))),
  )
}

export function isInside(root: string, path: string): boolean {
  return !relative(root, path).startsWith('..')
}

/** The benchmark files that a tree has. */
export async function benchesIn(tree: Tree, isBench: (file: string) => boolean): Promise<string[]> {
  return (await filesIn(projectOf(tree))).filter(isBench)
}

export function projectOf({ root, project }: Tree): string {
  return join(root, project)
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined)
}

const skipped = new Set(['node_modules', '.git'])

async function filesIn(root: string): Promise<string[]> {
  const found: string[] = []
  const look = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isFile()) found.push(path)
      else if (entry.isDirectory() && !skipped.has(entry.name)) await look(path)
    }
  }
  await look('')
  return found
}
