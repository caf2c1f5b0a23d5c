const substitutes: Readonly<Record<string, string>> = {
  '✓': '+', '✗': 'x', '✕': 'x', '▲': '^', '▼': 'v', '∅': '0', '•': '*', '↓': '-', '–': '-', '−': '-', '…': '...', '≤': '<=', '≥': '>=',
  'µ': 'u', '±': '+/-', '─': '-', '›': '>', '→': '->', '·': '-',
} // prettier-ignore

const known = new RegExp(`[${Object.keys(substitutes).join('')}]`, 'g')

/** A name that was cut is as wide as before: one point stands for its ellipsis. */
export const asciiText = (text: string): string =>
  text.replace(/(?<=\S)…/g, '.').replace(known, (character) => substitutes[character] ?? character)

/** The same data with our own signs written in ASCII, for terminals that cannot show them. */
export function asciiOf<T>(value: T): T {
  if (typeof value === 'string') return asciiText(value) as T
  if (Array.isArray(value)) return value.map((item: unknown) => asciiOf(item)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asciiOf(item as unknown)])) as T
}
