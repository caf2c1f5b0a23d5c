/** How the body of an answer ends (RFC 9112 §6.3). */
type Framing = 'none' | 'length' | 'chunked' | 'until-close'

export interface ResponseHead {
  readonly text: string
  readonly status: number
  readonly framing: Framing
  /** Bytes of body; 0 unless `framing` is `length`. */
  readonly length: number
  readonly close: boolean
  /** What the server said after which it closes an idle connection; undefined where it did not. */
  readonly keepAliveMs: number | undefined
}

const statusLine = /^HTTP\/1\.([01]) (\d{3})(?:[ \r]|$)/
const lengths = /\r\ncontent-length:[ \t]*([^\r]*?)[ \t]*(?=\r|$)/gi
const chunked = /\r\ntransfer-encoding:[^\r]*\bchunked[ \t]*(?:\r|$)/i
const closing = /\r\nconnection:[^\r]*\bclose\b/i
const staying = /\r\nconnection:[^\r]*\bkeep-alive\b/i
const idle = /\r\nkeep-alive:[^\r]*\btimeout=(\d+)/i

/** Reads status line and headers, without the empty line. Returns a sentence where they are not HTTP/1.1. */
export function readHead(text: string, answersHead: boolean): ResponseHead | string {
  const line = statusLine.exec(text)
  if (!line) return `the answer does not start with an HTTP/1.1 status line: ${JSON.stringify(text.slice(0, 40))}`
  const status = Number(line[2])
  if (status === 101) return 'the server switched to another protocol (101)'
  const stated = new Set([...text.matchAll(lengths)].map((match) => match[1] ?? ''))
  const [length = ''] = stated
  if (stated.size > 1) return `the answer states ${stated.size} different content-lengths`
  if (stated.size === 1 && !/^\d{1,15}$/.test(length)) return `content-length is no number: ${JSON.stringify(length.slice(0, 40))}`
  const bodiless = answersHead || status < 200 || status === 204 || status === 304
  const framing: Framing = bodiless ? 'none' : chunked.test(text) ? 'chunked' : stated.size === 1 ? 'length' : 'until-close'
  const timeout = idle.exec(text)?.[1]
  return {
    text,
    status,
    framing,
    length: framing === 'length' ? Number(length) : 0,
    close: framing === 'until-close' || (line[1] === '0' ? !staying.test(text) : closing.test(text)),
    keepAliveMs: timeout === undefined ? undefined : Number(timeout) * 1000,
  }
}

/** Header fields by lower-case name; fields given more than once are joined with a comma, as fetch does. */
export function headerFields(text: string): Record<string, string> {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>
  for (const line of text.split('\r\n').slice(1)) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    fields[name] = name in fields ? `${fields[name]}, ${value}` : value
  }
  return fields
}
