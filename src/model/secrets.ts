/** Stands where a secret stood. */
export const mask = '[redacted]'

const secretWords = new Set([
  'authorization',
  'cookie',
  'credential',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'pwd',
  'secret',
  'sig',
  'signature',
  'token',
])
/** Words written as one, as in `accesstoken`. */
const endings = /(?:apikey|password|secret|signature|token)$/
const headerLine =
  /\b(authorization|cookie|set-cookie|proxy-authorization|[\w-]*(?:api|access|secret)[-_]?key|[\w-]*[-_]token)(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi

/** Does a header, a query parameter or a key of this name hold a secret? The one list that everything of ours goes by. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
  return words.at(-1) === 'key' || words.some((word) => secretWords.has(word) || endings.test(word))
}

/** `user:pass@`, and the values of query parameters with secret names, taken out of urls and paths in a text. */
export function withoutUrlSecrets(text: string): string {
  return text
    .replace(/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#"'<>]*@/gi, `$1${mask}@`)
    .replace(/([?&;])([\w.~%[\]-]+)=([^&;#\s"'<>]+)/g, (whole, before: string, name: string) =>
      isSecretName(name) ? `${before}${name}=${mask}` : whole,
    )
}

/** Url secrets, and what stands behind the name of a secret header. For texts of others: errors, output, answers. */
export function withoutSecretLines(text: string): string {
  return withoutUrlSecrets(text).replace(headerLine, `$1$2${mask}`)
}
