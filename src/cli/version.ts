import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Of our own package, whether we run from source or from dist. */
export function ownVersion(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string }
      if (name === 'vitest-perf' && version !== undefined) return version
    } catch {
      // No package.json here: further up.
    }
  }
  return 'unknown'
}
