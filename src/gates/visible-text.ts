/** Control, format and surrogate characters: invisible, or able to rewrite the line they are printed on. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const shortEscapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escape(character: string): string {
  return shortEscapes[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/** Text from a file, fit for a message: short, and with every control character made visible. */
export function visibleText(text: string, longest = 60): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
  return cut.replace(invisible, escape)
}

/** A value from a config file as it would be written there, fit for a message. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return `"${visibleText(value)}"`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return visibleText(String(value))
}
