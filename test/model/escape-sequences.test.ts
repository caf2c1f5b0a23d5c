import { describe, expect, test } from 'vitest'
import { withoutEscapes } from '../../src/model/escape-sequences.ts'

const esc = '\u001b'

describe('a text without escape sequences', () => {
  test.each([
    ['colours', `${esc}[1;38;5;196mred${esc}[0m and \u009b31mred`, 'red and red'],
    ['movements of the cursor', `${esc}[2J${esc}[10;3H${esc}[?25la${esc}7b${esc}(Bc`, 'abc'],
    ['links', `${esc}]8;;https://example.org/a?b=c${esc}\\a link${esc}]8;;\u0007`, 'a link'],
    ['a title, however it ends', `${esc}]0;my title\u0007a${esc}]0;my title${esc}\\b\u009d0;my title\u009cc`, 'abc'],
    ['what a device would be told', `${esc}Pq#0;2;0${esc}\\a${esc}_Gf=24;AAAA${esc}\\b`, 'ab'],
    ['a sequence that was cut off', `a${esc}[31`, 'a'],
  ])('has no %s', (_, text, words) => {
    expect(withoutEscapes(text)).toBe(words)
  })

  test('keeps every word, also where a bell rings after a colour or a string has no end', () => {
    expect(withoutEscapes(`${esc}[31mred\u0007 more`)).toBe('red\u0007 more')
    expect(withoutEscapes(`${esc}[0m;x\u0007`)).toBe(';x\u0007')
    expect(withoutEscapes(`${esc}]0;no end\nnext line\u0007`)).toBe('0;no end\nnext line\u0007')
    expect(withoutEscapes('[31m is no colour')).toBe('[31m is no colour')
  })

  test('takes no longer than its length, whoever wrote it', () => {
    for (const part of [`${esc}]`, '\u009d', `${esc}[1`, `${esc}[ `, '\u009b;', `${esc}(`]) {
      const text = part.repeat(500_000)
      const began = performance.now()
      withoutEscapes(text)
      // Quadratic would be minutes.
      expect(performance.now() - began).toBeLessThan(5_000)
    }
  })
})
