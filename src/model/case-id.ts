import { PerfError, type Place } from './error.ts'

/** `'Parse query (fast)'` -> `'parse_query_fast'`. Letters of any script stay. */
export function slug(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}:_-]+/gu, '_')
    .replace(/^_+|_+$/g, '')
}

/** The id of a case: its own `id` option, else the slug of its name. */
export function caseId(name: string, own: string | undefined, place?: Place): string {
  const id = own ?? slug(name)
  if (!/^[\p{L}\p{N}:_-]+$/u.test(id)) {
    throw new PerfError('CASE_ID_INVALID', `"${id}" cannot be the id of the case "${name}".`, place ? { place } : {})
  }
  return id
}
