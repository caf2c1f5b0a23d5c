import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { PerfError } from '../model/error.ts'

export interface Installation {
  /** What Node runs. */
  readonly program: string
  readonly version: string
}

/**
 * Artillery as the project installed it: in the node_modules of `folder`, or of one above it.
 *
 * @throws PerfError ARTILLERY_MISSING
 */
export function findArtillery(root: string, folder = '.'): Installation {
  const from = resolve(root, folder)
  try {
    // Walked by hand, for newer versions do not export their package.json.
    const manifest = foldersAbove(from)
      .map((one) => join(one, 'node_modules/artillery/package.json'))
      .find((path) => existsSync(path))
    if (manifest === undefined) throw new Error('no node_modules/artillery here or above')
    const { version, bin } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
    const program = typeof bin === 'string' ? bin : bin?.artillery
    if (program === undefined) throw new TypeError(`${manifest} names no program`)
    return { program: join(realpathSync(dirname(manifest)), program), version }
  } catch (cause) {
    throw new PerfError('ARTILLERY_MISSING', `Artillery is not installed in ${from}.`, { cause })
  }
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...foldersAbove(above)]
}

interface Manifest {
  readonly version: string
  readonly bin?: string | { readonly artillery?: string }
}
