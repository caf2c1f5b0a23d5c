import { describe, expect, test } from 'vitest'
import { ResponseParser } from '../../src/load/response-parser.ts'

/** What a parser told of a text that came in reads of `size` bytes. */
function parse(text: string, size: number, answersHead = false): string[] {
  const told: string[] = []
  let body = ''
  const parser = new ResponseParser({
    head: (head) => told.push(`${head.status} ${head.framing}${head.close ? ' close' : ''}`),
    body: (buffer, from, to) => (body += buffer.toString('latin1', from, to)),
    end: () => {
      told.push(`end ${JSON.stringify(body)}`)
      body = ''
    },
    broken: (reason) => told.push(`broken: ${reason}`),
  })
  parser.answersHead = answersHead
  for (let at = 0; at < text.length; at += size) {
    // Reads come in a longer buffer whose rest is stale.
    const read = Buffer.from(`${text.slice(at, at + size)}HTTP/1.1 500 stale\r\n\r\n`, 'latin1')
    parser.push(read, Math.min(size, text.length - at))
  }
  parser.finish()
  return told
}

describe('the parser of answers', () => {
  const stream = [
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nA;name=value\r\n0123456789\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n',
    'HTTP/1.0 304 Not Modified\r\nContent-Length: 99\r\n\r\n',
    'HTTP/1.1 200 \r\ncontent-length:0\r\nConnection: close\r\n\r\n',
  ].join('')
  const expected = [
    '200 length',
    'end "hello"',
    '204 none',
    'end ""',
    '200 chunked',
    'end "0123456789!"',
    '304 none close',
    'end ""',
    '200 length close',
    'end ""',
  ]

  test('reads the same however the bytes are cut', () => {
    for (let size = 1; size <= stream.length; size += 1) expect(parse(stream, size)).toEqual(expected)
  })

  test('takes the end of the connection for the end of an answer without a length', () => {
    expect(parse('HTTP/1.1 200 OK\r\n\r\nuntil the end', 7)).toEqual(['200 until-close close', 'end "until the end"'])
  })

  test('expects no body in answer to HEAD', () => {
    expect(parse('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n', 1000, true)).toEqual(['200 none', 'end ""'])
  })

  test.each([
    ['HTTP/2 200\r\n\r\n', 'status line'],
    ['HTTP/1.1 101 Switching Protocols\r\n\r\n', 'another protocol'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 1e3\r\n\r\n', 'no number'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 'no size'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n', 'longer than it said'],
    [`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'1'.repeat(5000)}`, 'more than 4 kB'],
  ])('refuses %j', (text, reason) => {
    expect(parse(text, 1).at(-1)).toContain(reason)
    expect(parse(text, text.length).at(-1)).toContain(reason)
  })
})
