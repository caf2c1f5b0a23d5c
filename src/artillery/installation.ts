import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
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
    const manifest = createRequire(join(from, 'package.json')).resolve('artillery/package.json')
    const { version, bin, oclif } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
    const program = typeof bin === 'string' ? bin : bin?.artillery
    if (program === undefined || oclif === undefined) throw new TypeError(`${manifest} names no program`)
    return { program: join(dirname(manifest), program), version }
  } catch (cause) {
    throw new PerfError('ARTILLERY_MISSING', `Artillery is not installed in ${from}.`, { cause })
  }
}

interface Manifest {
  readonly version: string
  readonly bin?: string | { readonly artillery?: string }
  readonly oclif?: object
}
