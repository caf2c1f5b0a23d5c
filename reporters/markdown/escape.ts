// Backslash before what GitHub reads as markup; @ and # also notify people and link issues, so a word joiner parts them from their word.
const special = /[\\`*_[\]<>#|~&$]/g
const entity: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '|': '\\|' }

/** A text of somebody else inside a line or a table cell of Markdown: it is shown as it is and does nothing. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(special, (character) => entity[character] ?? `\\${character}`)
    .replace(/@(?=\w)/g, '@\u2060')
    .replace(/#(?=\d)/g, '#\u2060')
    .replace(/\b(https?|ftp):\/\//gi, '$1:\u2060//')
    .replace(/\bwww\./gi, 'www\u2060.')
    .replace(/^(\s*)([-+=]|\d+[.)])(?=\s|$)/, '$1\\$2')
}

/** A line inside an indented code block, where nothing is markup; only a line end could leave it. */
export const codeLine = (text: string): string => text.replace(/[\r\n]+/g, ' ')
