import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PerfError } from '../model/error.ts'

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
  const { version } = vitest
  if (Number(version?.split('.')[0]) >= 5) return vitest
  throw new PerfError('VITEST_MISSING', `The Vitest in ${root} is ${version}; this command needs Vitest 5.`)
}
