import type { DeclaredId } from './side-messages.ts'

/** Does a case belong to what was asked for? Files and names are filtered by Vitest; ids are ours. */
export function wantedBy({ only }: { readonly only?: readonly string[] }): (one: DeclaredId) => boolean {
  const patterns = (only ?? []).map((pattern) => new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'u'))
  return ({ identity }) => patterns.length === 0 || patterns.some((pattern) => pattern.test(identity.id))
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
