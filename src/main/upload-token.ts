import type { Vitest } from 'vitest/node'
import { tokenVariable } from '../report/upload.ts'

const tokens = new WeakMap<Vitest, string>()

/** Takes the token out of the environment before workers and servers inherit it: what they print may end in a report. */
export function takeUploadToken(vitest: Vitest, env: NodeJS.ProcessEnv): void {
  const token = env[tokenVariable]
  if (!token) return
  tokens.set(vitest, token)
  delete env[tokenVariable]
}

export function uploadTokenOf(vitest: Vitest): string | undefined {
  return tokens.get(vitest)
}
