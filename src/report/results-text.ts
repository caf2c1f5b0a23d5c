import type { ResultsJson } from './results.ts'

// C1 controls, bidi controls, line separators, byte order mark: legal in JSON, and able to mislead whoever prints the file.
// eslint-disable-next-line no-control-regex -- naming them is the point
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

// A list of numbers on one line. A raw line end cannot stand inside a JSON string, so no text of a user is ever touched.
const numberList = /\[\n[\s\d.,eE+-]+\]/g

/** The file as text. Invisible characters are written as escapes, so that `cat` shows what is there. */
export function resultsText(results: ResultsJson): string {
  return [...resultsPieces(results)].join('')
}

/** The same text case by case: that of ten thousand cases need never be there as a whole. */
export function* resultsPieces(results: ResultsJson): Generator<string, void> {
  const [head = '', tail = ''] = written({ ...results, results: {} }, 0).split(/(?<=\n {2}"results": \{)(?=\},)/)
  yield head
  let before = '\n'
  for (const [id, one] of Object.entries(results.results)) {
    yield `${before}    ${written(id, 4)}: ${written(one, 4)}`
    before = ',\n'
  }
  yield before === '\n' ? `${tail}\n` : `\n  ${tail}\n`
}

function written(value: unknown, indent: number): string {
  const json = JSON.stringify(value, null, 2)
  const escaped = json.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const compact = escaped.replace(numberList, (list) => list.replace(/\s+/g, ''))
  return indent > 0 ? compact.replaceAll('\n', `\n${' '.repeat(indent)}`) : compact
}
