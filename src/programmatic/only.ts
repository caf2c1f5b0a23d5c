/**
 * Ids or names of cases as the pattern that Vitest selects tests by. An id is made from its name by putting `_` for everything that is
 * neither letter nor digit, so that is what `_` stands for here; `*` stands for any characters. A case with an `id` of its own is selected
 * by its name.
 */
export function onlyPattern(wanted: readonly string[]): RegExp | undefined {
  if (wanted.length === 0) return undefined
  // Vitest puts the names of the suites before the name, with a space between.
  return new RegExp(`(^|[^\\p{L}\\p{N}])(${wanted.map(nameLike).join('|')})[^\\p{L}\\p{N}]*$`, 'iu')
}

function nameLike(id: string): string {
  const parts = id.trim().match(/\*|[^\p{L}\p{N}*]+|[\p{L}\p{N}]+/gu) ?? []
  return parts.map((part) => (part === '*' ? '.*' : /^[\p{L}\p{N}]/u.test(part) ? part : '[^\\p{L}\\p{N}]+')).join('')
}
