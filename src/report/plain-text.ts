import { withoutEscapes } from '../model/escape-sequences.ts'

// eslint-disable-next-line no-control-regex -- naming them is the point
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g
const bidi = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Longest text of a user that a report shows in one place; the JSON has it whole. */
export const longestText = 120

/**
 * A text of somebody else, safe to print on one line anywhere: no escape sequences, no control characters, no line ends; a character
 * that turns the reading direction is shown by its number, since it could make a name look like another.
 */
export function plain(text: string, longest: number = longestText): string {
  const oneLine = visible(text.replace(/\s+/g, ' ')).trim()
  return shortened(oneLine, longest)
}

/** The same for a text of several lines, such as the output of a server or a stack. */
export function plainLines(text: string, most: number, longest = 300): string[] {
  const lines = visible(text.replace(/\r\n?/g, '\n').replaceAll('\t', '  '), '\n').split('\n')
  const kept = lines.slice(0, most).map((line) => shortened(line.trimEnd(), longest))
  return lines.length > most ? [...kept, `… ${lines.length - most} more lines`] : kept
}

function visible(text: string, keep = ''): string {
  return withoutEscapes(text.toWellFormed())
    .replace(bidi, (character) => `⟨U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`)
    .replace(control, (character) => (character === keep ? character : '·'))
}

// No sensible sign has more code points: a letter under a tower of accents is cut too.
const signPoints = 12

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text
  const parts = Array.from(graphemes.segment(text.slice(0, longest * signPoints * 2)), ({ segment }) => sign(segment))
  return parts.length <= longest ? parts.join('') : `${parts.slice(0, longest - 1).join('')}…`
}

const sign = (segment: string): string => (segment.length <= signPoints ? segment : Array.from(segment).slice(0, signPoints).join(''))
