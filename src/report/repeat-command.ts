import type { CaseIdentity } from '../model/spec.ts'
import { plain } from './plain-text.ts'

/** The command that runs one case again, ready to paste into a shell; empty where its name cannot be typed. */
export function repeatCommand({ file, name }: CaseIdentity): string {
  if (plain(name, name.length) !== name || plain(file, file.length) !== file) return ''
  return `npx vitest bench --run ${quoted(file)} -t ${quoted(pattern(name))}`
}

// -t takes a regular expression.
const pattern = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

function quoted(word: string): string {
  if (/^[\w./:@-]+$/.test(word)) return word
  return /["$`\\!']/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`
}
