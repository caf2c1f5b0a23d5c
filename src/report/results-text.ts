import type { ResultsJson } from './results.ts'

// C1 controls, bidi controls, line separators, byte order mark: legal in JSON, and able to mislead whoever prints the file.
// eslint-disable-next-line no-control-regex -- naming them is the point
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

// A list of numbers on one line. A raw line end cannot stand inside a JSON string, so no text of a user is ever touched.
const numberList = /\[\n[\s\d.,eE+-]+\]/g

/** The file as text. Invisible characters are written as escapes, so that `cat` shows what is there. */
export function resultsText(results: ResultsJson): string {
  const json = JSON.stringify(results, null, 2)
  const escaped = json.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `${escaped.replace(numberList, (list) => list.replace(/\s+/g, ''))}\n`
}
