import { PerfError } from '../model/error.ts'
import { mask } from '../model/secrets.ts'

/** A database address, and how to speak of it: whatever is told has neither user nor password nor parameters. */
export class PostgresAddress {
  readonly url: string
  /** `postgres://host:port/database`, or `a PostgreSQL database` where the address cannot be taken apart. */
  readonly name: string
  readonly #secrets: readonly string[]

  constructor(url: string) {
    this.url = url
    const parsed = URL.parse(url)
    this.name = parsed ? `postgres://${parsed.host || 'localhost'}${parsed.pathname}` : 'a PostgreSQL database'
    const query = parsed ? [...parsed.searchParams].flatMap(([name, value]) => (/pass/i.test(name) ? [value] : [])) : []
    // An address that is no URL may hold its password anywhere between the user and the last @.
    const rest = /:\/\/([^]*)@/.exec(url)?.[1] ?? ''
    const password = parsed ? parsed.password : rest.slice(rest.indexOf(':') + 1)
    this.#secrets = [password, decoded(password), url, ...query].filter((secret) => secret !== '')
  }

  /** What a driver or a server says may repeat what it was given. */
  failure(what: string, cause: unknown): PerfError {
    return new PerfError('HISTORY_UNAVAILABLE', `The history at ${this.name} ${what}: ${this.redact(reasonOf(cause))}.`)
  }

  redact(text: string): string {
    let clean = text
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, mask)
    return clean
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Node says nothing itself where every address of a host refused; its parts do. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return [...new Set(cause.errors.map(reasonOf))].join('; ')
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '')
}
