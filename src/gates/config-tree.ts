import type { Node, ParseError } from 'jsonc-parser'
import { findNodeAtLocation, getNodeValue, parseTree, printParseErrorCode } from 'jsonc-parser'
import type { Place } from '../model/error.ts'
import { PerfError } from '../model/error.ts'
import { visibleText } from './visible-text.ts'

export type KeyPath = readonly (string | number)[]
/** The text of a config file with the tree of its values, each of which knows where it stands. */
export interface ConfigTree {
  readonly file: string
  readonly text: string
  readonly root: Node
}

const syntax = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false }
const sentences: Readonly<Record<string, string>> = {
  InvalidNumberFormat: 'a number is not well formed',
  PropertyNameExpected: 'a key in double quotes is expected',
  ValueExpected: 'a value is expected',
  ColonExpected: 'a colon is expected',
  CommaExpected: 'a comma is expected',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfComment: 'comments are not allowed',
  UnexpectedEndOfString: 'a string has no closing quote on its line',
  UnexpectedEndOfNumber: 'a number is cut off',
  InvalidUnicode: 'a \\u escape is not well formed',
  InvalidEscapeCharacter: 'an escape is not one of JSON',
  InvalidCharacter: 'a control character stands in a string',
}

/** Line and column, both from 1. */
export function placeAt(file: string, text: string, offset: number): Place {
  const before = text.slice(0, offset)
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1
  return { file, line: before.split(/\r\n|\r|\n/).length, column: offset - lineStart + 1 }
}

function firstWord(text: string, offset: number): string {
  return visibleText(/^[^\n\r]*/.exec(text.slice(offset, offset + 200))?.[0] ?? '', 40)
}

/** @throws PerfError CONFIG_SYNTAX, with line and column */
export function parseConfigTree(text: string, file: string): ConfigTree {
  const fail = (what: string, offset: number): PerfError =>
    new PerfError('CONFIG_SYNTAX', `The benchmark config is not valid JSON: ${what}.`, { place: placeAt(file, text, offset) })
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text
  if (body.trim() === '') throw fail('the file is empty', 0)
  const errors: ParseError[] = []
  const root = parseOrTooDeep(body, errors)
  if (root === 'too deep') throw fail('its values are nested too deeply', 0)
  const [first] = errors
  if (root && !first) return { file, text, root }
  const offset = first?.offset ?? 0
  const found = firstWord(body, offset)
  const end = root ? root.offset + root.length : Infinity
  const closer = body[end - 1]
  if (found !== '' && offset >= end && (closer === '}' || closer === ']')) {
    throw fail(`text stands after the closing ${closer === '}' ? 'brace' : 'bracket'}: "${found}"`, offset)
  }
  const what = first ? sentences[printParseErrorCode(first.error)] : undefined
  throw fail(`${what ?? 'this is no JSON value'}${found === '' ? ', and the file ends here' : ` at "${found}"`}`, offset)
}

function parseOrTooDeep(text: string, errors: ParseError[]): Node | undefined | 'too deep' {
  try {
    return parseTree(text, errors, syntax)
  } catch (error) {
    // The parser descends by recursion: its stack, not the file, sets the depth.
    if (error instanceof RangeError) return 'too deep'
    throw error
  }
}

/** The value of the tree without the keys that start with `$` or `_`: those are notes of the user, such as `$schema`. */
export function configValue(tree: ConfigTree): unknown {
  return withoutNotes(getNodeValue(tree.root))
}

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNotes)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !isNote(key))
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNotes(inner)]))
}

export function isNote(key: string): boolean {
  return key.startsWith('$') || key.startsWith('_')
}

export function nodeAt(tree: ConfigTree, path: KeyPath): Node | undefined {
  return findNodeAtLocation(tree.root, [...path])
}

/** Where the value at `path` stands; where it is missing, its parent. */
export function offsetOf(tree: ConfigTree, path: KeyPath): number {
  return (nodeAt(tree, path) ?? nodeAt(tree, path.slice(0, -1)) ?? tree.root).offset
}

/** Where each key of an object stands. */
export function keyOffsets(tree: ConfigTree, parent: KeyPath): ReadonlyMap<string, number> {
  const properties = nodeAt(tree, parent)?.children ?? []
  return new Map(properties.map((property) => [String(property.children?.[0]?.value), property.offset]))
}

/** Keys that are written twice in one object: JSON would take the last one without a word. */
export function repeatedKeys(
  node: Node,
  path: KeyPath = [],
): { readonly parent: KeyPath; readonly key: string; readonly offset: number }[] {
  if (node.type === 'array') return (node.children ?? []).flatMap((child, index) => repeatedKeys(child, [...path, index]))
  if (node.type !== 'object') return []
  const seen = new Set<unknown>()
  return (node.children ?? []).flatMap((property) => {
    const [name, value] = property.children ?? []
    const key = String(name?.value)
    const again = seen.has(key) && !isNote(key) ? [{ parent: path, key, offset: property.offset }] : []
    seen.add(key)
    return value ? [...again, ...repeatedKeys(value, [...path, key])] : again
  })
}
