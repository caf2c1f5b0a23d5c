import { isSecretHeader, mask, withoutSecretLines } from './secrets.ts'

const shortest = 4
const most = 1000

/**
 * Takes credentials out of texts that reports show: secret header lines, url secrets, and every secret value that was sent, since a server may
 * repeat it in its answer.
 */
export class Redactor {
  readonly #values = new Set<string>()

  /** Remembers the secret values of these headers. */
  learn(headers: Readonly<Record<string, string>> | undefined): void {
    for (const [name, value] of Object.entries(headers ?? {})) {
      if (!isSecretHeader(name, value) || this.#values.size >= most) continue
      const parts =
        name.toLowerCase() === 'cookie' ? value.split(/;\s*/).map((pair) => pair.slice(pair.indexOf('=') + 1)) : value.split(/\s+/).slice(1)
      for (const part of [value, ...parts]) if (part.length >= shortest) this.#values.add(part)
    }
  }

  redact(text: string): string {
    let clean = text
    for (const value of this.#values) if (clean.includes(value)) clean = clean.replaceAll(value, mask)
    return withoutSecretLines(clean)
  }
}
