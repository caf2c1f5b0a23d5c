/** Signs that Roboto lacks, in others that it has. A mark is told by its word and its colour. */
const substitutes: Readonly<Record<string, string>> = {
  '→': '>', '←': '<', '↓': '', '✓': '', '✗': '', '✕': '', '▲': '', '▼': '', '∅': '', '⟨': '<', '⟩': '>', '\u2060': '',
} // prettier-ignore

export interface Writer {
  readonly write: (text: string) => string
  /** How many different signs the font lacked. */
  readonly lacking: () => number
}

/** Text as the font can show it: what it lacks is replaced where we know better, and else by a question mark that is accounted for. */
export function writerFor(hasGlyph: (codePoint: number) => boolean): Writer {
  const known = new Map<string, string>()
  const lacking = new Set<string>()
  const sign = (character: string): string => {
    const substitute = Object.hasOwn(substitutes, character) ? substitutes[character] : undefined
    if (substitute !== undefined) return substitute
    if (hasGlyph(character.codePointAt(0) ?? 0)) return character
    lacking.add(character)
    return '?'
  }
  const write = (text: string): string => {
    const before = known.get(text)
    if (before !== undefined) return before
    const written = Array.from(text.toWellFormed(), sign).join('').trim()
    if (known.size < 10_000) known.set(text, written)
    return written
  }
  return { write, lacking: () => lacking.size }
}
