import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PerfError } from '../model/error.ts'

/** For `.gitattributes`: two branches that both added runs merge without a conflict, keeping the lines of both. */
export function mergeByUnion(path: string): string {
  const pattern = path.replaceAll('\\', '/').replaceAll(' ', '[[:space:]]')
  return `${pattern.startsWith('/') ? pattern : `/${pattern}`} text eol=lf merge=union`
}

/**
 * Adds that line to the project's `.gitattributes`, once. Only on request: it is the project's own file.
 *
 * @param path of the history, relative to the root
 * @returns whether the file was changed
 * @throws PerfError RESULTS_UNWRITABLE
 */
export async function addMergeByUnion(root: string, path: string): Promise<boolean> {
  const file = join(root, '.gitattributes')
  const line = mergeByUnion(path)
  try {
    const before = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    if (before.split(/\r?\n/).includes(line)) return false
    await writeFile(file, `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`)
    return true
  } catch (cause) {
    throw new PerfError('RESULTS_UNWRITABLE', `${file} could not be changed.`, { place: { file }, cause })
  }
}
