interface Cookie {
  readonly name: string
  readonly value: string
  readonly path: string
  readonly expiresAt: number
}

/** The cookies of one user at one origin (RFC 6265): name, value, path and expiry. Domains do not matter where there is one host. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>()

  /** Takes every Set-Cookie line of a head. */
  take(head: string, requestPath: string): void {
    for (const line of head.split('\r\n')) {
      const value = /^set-cookie:\s*(.*)$/i.exec(line)?.[1]
      const cookie = value === undefined ? undefined : readCookie(value, requestPath)
      if (!cookie) continue
      const key = `${cookie.name} ${cookie.path}`
      if (cookie.expiresAt <= Date.now()) this.#cookies.delete(key)
      else this.#cookies.set(key, cookie)
    }
  }

  /** The Cookie header for a path; undefined where no cookie belongs to it. The longest paths come first. */
  header(requestPath: string): string | undefined {
    const path = requestPath.replace(/[?#].*$/s, '')
    const found = [...this.#cookies.values()]
      .filter((cookie) => cookie.expiresAt > Date.now() && belongs(path, cookie.path))
      .sort((a, b) => b.path.length - a.path.length)
    return found.length === 0 ? undefined : found.map(({ name, value }) => `${name}=${value}`).join('; ')
  }
}

function readCookie(line: string, requestPath: string): Cookie | undefined {
  const [pair = '', ...attributes] = line.split(';')
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(0, equals)).trim()
  if (name === '') return undefined
  const given = new Map(attributes.map((attribute) => splitAttribute(attribute)))
  const path = given.get('path')
  return { name, value: pair.slice(equals + 1).trim(), path: path?.startsWith('/') ? path : folder(requestPath), expiresAt: expiry(given) }
}

function splitAttribute(attribute: string): readonly [string, string] {
  const [name = '', ...value] = attribute.split('=')
  return [name.trim().toLowerCase(), value.join('=').trim()]
}

/** Max-Age wins over Expires; without both the cookie lasts as long as the user. */
function expiry(attributes: ReadonlyMap<string, string>): number {
  const age = attributes.get('max-age')
  if (age !== undefined && /^-?\d+$/.test(age)) return Date.now() + Number(age) * 1000
  const date = Date.parse(attributes.get('expires') ?? '')
  return Number.isNaN(date) ? Number.POSITIVE_INFINITY : date
}

function folder(requestPath: string): string {
  const path = requestPath.replace(/[?#].*$/s, '')
  return path.slice(0, Math.max(1, path.lastIndexOf('/')))
}

function belongs(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`)
}
