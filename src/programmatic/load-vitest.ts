import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PerfError } from '../model/error.ts'
import { forBenchmarks } from '../vitest4/create-vitest.ts'
import { refuseOldVitest } from '../vitest4/refuse.ts'

export type VitestNode = typeof import('vitest/node')

/** The Vitest of the project, whoever's folder we lie in ourselves. @throws PerfError VITEST_MISSING */
export async function loadVitest(root: string): Promise<VitestNode> {
  let vitest: VitestNode
  try {
    const path = createRequire(join(root, 'package.json')).resolve('vitest/node')
    vitest = (await import(pathToFileURL(path).href)) as VitestNode
  } catch (cause) {
    throw new PerfError('VITEST_MISSING', `There is no Vitest in ${root}.`, { cause })
  }
  // Versions of long ago do not say which they are.
  const { version = 'of long ago' } = vitest as { readonly version?: string }
  refuseOldVitest(version, root)
  return forBenchmarks(vitest)
}
