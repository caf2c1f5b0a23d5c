import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Columns that a text takes: 2 for CJK and emoji. */
export const widthOf = (text: string): number => stringWidth(text)

/** Cut to so many columns, with an ellipsis where something is lost. */
export function fit(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let kept = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    const width = widthOf(segment)
    if (used + width > columns - 1) break
    kept += segment
    used += width
  }
  return `${kept}…`
}

export function pad(text: string, columns: number, side: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, columns - widthOf(text)))
  return side === 'left' ? text + space : space + text
}

/** Broken at spaces; a word that is longer than a line is broken where the line ends. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (widthOf(longer) <= columns) line = longer
    else {
      if (line) lines.push(line)
      line = word
      while (widthOf(line) > columns) {
        const head = fit(line, columns + 1).replace(/…$/, '')
        lines.push(head)
        line = line.slice(head.length)
      }
    }
  }
  return line ? [...lines, line] : lines
}
