import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { PerfError } from '../model/error.ts'
import { parseHistoryHead } from './history-line.ts'
import type { HistoryRunHead } from './history-run.ts'

/** Where a line lies in its file, and the run that it is about. */
export interface IndexedLine {
  readonly offset: number
  readonly length: number
  readonly head: HistoryRunHead
}

export interface LineIndex {
  /** In the order of the file. */
  readonly lines: readonly IndexedLine[]
  /** Lines that are no whole line of a history. */
  readonly skipped: number
}

/** The head of a line stands at its begin; one of a hundred characters is usual. */
const headBytes = 4096
const newline = 0x0a
const whitespace = new Set([0x09, 0x0a, 0x0d, 0x20])
const closingBrace = 0x7d

/**
 * Goes through `history.ndjson` once without parsing its figures: which runs are wanted is told by their heads, and of a long history few are. No file has no lines.
 *
 * @throws PerfError RESULTS_UNREADABLE where the file is there and cannot be read
 */
export async function indexLines(path: string): Promise<LineIndex> {
  const lines: IndexedLine[] = []
  const odd: { offset: number; length: number }[] = []
  let skipped = 0
  let [offset, length, last] = [0, 0, 0]
  let start: Buffer[] = []
  let startLength = 0
  function take(piece: Buffer): void {
    if (startLength < headBytes) {
      start.push(Buffer.from(piece.subarray(0, headBytes - startLength)))
      startLength += Math.min(piece.length, headBytes - startLength)
    }
    for (let at = piece.length - 1; at >= 0; at--) {
      const byte = piece[at] ?? newline
      if (whitespace.has(byte)) continue
      last = byte
      break
    }
    length += piece.length
  }
  function end(): void {
    const text = Buffer.concat(start).toString('utf8')
    if (last !== 0) {
      const head = last === closingBrace ? parseHistoryHead(text) : undefined
      if (head) lines.push({ offset, length, head })
      else if (last === closingBrace && length > headBytes) odd.push({ offset, length })
      else skipped++
    }
    offset += length + 1
    ;[length, last, startLength, start] = [0, 0, 0, []]
  }
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      let from = 0
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
        take(chunk.subarray(from, at))
        end()
        from = at + 1
      }
      take(chunk.subarray(from))
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return { lines: [], skipped: 0 }
    throw unreadable(path, cause)
  }
  end()
  return withOddLines(path, { lines, skipped }, odd)
}

/** Lines whose head is not at their begin, as another program may write them: told by the whole. */
function withOddLines(path: string, { lines, skipped }: LineIndex, odd: readonly Pick<IndexedLine, 'offset' | 'length'>[]): LineIndex {
  const found = [...textsOf(path, odd)].flatMap((text, at): IndexedLine[] => {
    const head = parseHistoryHead(text)
    const place = odd[at]
    return head && place ? [{ ...place, head }] : []
  })
  if (odd.length === 0) return { lines, skipped }
  return { lines: [...lines, ...found].sort((a, b) => a.offset - b.offset), skipped: skipped + odd.length - found.length }
}

/**
 * The texts of lines, one at a time.
 *
 * @throws PerfError RESULTS_UNREADABLE
 */
export function* textsOf(path: string, lines: readonly Pick<IndexedLine, 'offset' | 'length'>[]): Generator<string> {
  if (lines.length === 0) return
  const buffer = Buffer.allocUnsafe(Math.max(...lines.map(({ length }) => length)))
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (cause) {
    throw unreadable(path, cause)
  }
  try {
    for (const { offset, length } of lines) yield textAt(path, file, buffer, offset, length)
  } finally {
    closeSync(file)
  }
}

function textAt(path: string, file: number, buffer: Buffer, offset: number, length: number): string {
  let read = 0
  try {
    while (read < length) {
      const more = readSync(file, buffer, read, length - read, offset + read)
      // Somebody cut the file since: what is left is no line.
      if (more === 0) break
      read += more
    }
  } catch (cause) {
    throw unreadable(path, cause)
  }
  return buffer.toString('utf8', 0, read)
}

function unreadable(path: string, cause: unknown): PerfError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new PerfError('RESULTS_UNREADABLE', `The history ${path} could not be read: ${reason}.`, { place: { file: path }, cause })
}
