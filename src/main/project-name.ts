import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** What the project calls itself, or the name of its folder. */
export async function projectName(root: string): Promise<string> {
  try {
    const { name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { name?: unknown }
    if (typeof name === 'string' && name !== '') return name
  } catch {
    // No package.json, or not a readable one: the folder has a name too.
  }
  return basename(root)
}
