/** What the page shows, as its address has it: a link to it shows the same. */
export interface Shown {
  /** Id of the opened case, or null for the list. */
  readonly open: string | null
  /** Of its trend: so many of the newest runs, or the runs between two places, as `20` and `12-40`; empty for all. */
  readonly runs: string
  readonly verdicts: readonly string[]
  readonly query: string
  /** Column to sort by, with a minus for downwards; empty for worst first. */
  readonly sort: string
}

export function readAddress(hash: string): Shown {
  const parts = new Map(
    hash
      .replace(/^#/, '')
      .split('&')
      .map((part): [string, string] => {
        const at = part.indexOf('=')
        return at < 0 ? ['', ''] : [part.slice(0, at), decoded(part.slice(at + 1))]
      }),
  )
  return {
    open: parts.get('case') ?? null,
    runs: parts.get('runs') ?? '',
    verdicts: (parts.get('verdict') ?? '').split(',').filter(Boolean),
    query: parts.get('q') ?? '',
    sort: parts.get('sort') ?? '',
  }
}

// A hash that is no text names nothing.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

export const caseAddress = (id: string, runs = ''): string => `#case=${encodeURIComponent(id.toWellFormed())}${runs ? `&runs=${runs}` : ''}`

export function listAddress({ verdicts, query, sort }: Shown): string {
  const parts = [
    verdicts.length ? `verdict=${verdicts.join(',')}` : '',
    query ? `q=${encodeURIComponent(query.toWellFormed())}` : '',
    sort ? `sort=${sort}` : '',
  ].filter(Boolean)
  return `#${parts.join('&')}`
}
