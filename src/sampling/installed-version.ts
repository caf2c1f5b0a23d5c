import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Manifest {
  readonly name?: unknown
  readonly version?: unknown
}

function manifest(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

function* upwards(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at
    if (at === dirname(at)) return
  }
}

/** Version of a package that a project uses: found as Node finds it, without loading it. `unknown` where there is none. */
export function installedVersion(name: string, from: string): string {
  for (const folder of upwards(from)) {
    const own = manifest(folder)
    const found = own?.name === name ? own : manifest(join(folder, 'node_modules', name))
    if (typeof found?.version === 'string') return found.version
  }
  return 'unknown'
}
