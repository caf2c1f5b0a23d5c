/** Stands where a secret stood. */
export const mask = '[redacted]'

const secretWords = new Set([
  'auth',
  'authorization',
  'bearer',
  'cookie',
  'credential',
  'credentials',
  'csrf',
  'jwt',
  'oauth',
  'otp',
  'passphrase',
  'passwd',
  'password',
  'pwd',
  'secret',
  'session',
  'sid',
  'sig',
  'signature',
  'token',
  'xsrf',
])
/** Words written as one, as in `accesstoken`. */
const endings = /(?:apikey|jwt|password|secret|sessid|sessionid|signature|token)$/
const headerLine =
  /\b(authorization|cookie|set-cookie|proxy-authorization|[\w-]*(?:api|access|secret)[-_]?key|[\w-]*[-_](?:token|auth|jwt|session(?:[-_]id)?|sid))(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi

/** Schemes of authentication (RFC 9110 §11.1) that servers of tests use, with what they carry. */
const credential = /^\s*(?:basic|bearer|digest)\s+\S/i
/** The same in the middle of a text: only what no word looks like, for prose has "basic authentication". */
const credentialInText = /\b([Bb]asic|[Bb]earer)(\s+)(?=[\w.~+/-]*(?:[\d=+/]|[a-z][A-Z]))[\w.~+/-]{8,}=*/g
/** JSON web tokens: three parts in base64url, of which the first is an object (RFC 7519). */
const jsonWebToken = /\beyJ[\w-]{6,}\.[\w-]{4,}\.[\w-]*/g

/** Does a header, a query parameter or a key of this name hold a secret? The one list that everything of ours goes by. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
  return words.at(-1) === 'key' || words.some((word) => secretWords.has(word) || endings.test(word))
}

/** Does this header hold a secret, by its name or by its value? */
export const isSecretHeader = (name: string, value: string): boolean => isSecretName(name) || credential.test(value)

/** `user:pass@`, and the values of query parameters with secret names, taken out of urls and paths in a text. */
export function withoutUrlSecrets(text: string): string {
  return text
    .replace(/(\b[a-z][a-z\d+.-]*:\/\/)[^\s/?#"'<>]*@/gi, `$1${mask}@`)
    .replace(/([?&;])([\w.~%[\]-]+)=([^&;#\s"'<>]+)/g, (whole, before: string, name: string) =>
      isSecretName(name) ? `${before}${name}=${mask}` : whole,
    )
}

/** Url secrets, what stands behind the name of a secret header, and credentials anywhere. For texts of others: errors, output, answers. */
export function withoutSecretLines(text: string): string {
  return withoutUrlSecrets(text).replace(headerLine, `$1$2${mask}`).replace(credentialInText, `$1$2${mask}`).replace(jsonWebToken, mask)
}
