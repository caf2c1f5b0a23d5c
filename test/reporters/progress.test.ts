import { describe, expect, test } from 'vitest'
import { progressLine } from '../../reporters/terminal/progress.ts'
import { showsUnicode } from '../../reporters/terminal/unicode.ts'

describe('the line of progress', () => {
  test('tells how many cases are done, how long it took, and what is left', () => {
    expect(progressLine({ done: 2, known: 6, files: { known: 1, all: 1 }, elapsed_ms: 20_000 })).toBe('   2 of 6 cases · 20 s · about 40 s left')
  })

  test('takes files that were not read yet for as long as the others', () => {
    expect(progressLine({ done: 4, known: 8, files: { known: 2, all: 4 }, elapsed_ms: 60_000 })).toBe('   4 cases, file 2 of 4 · 1 min 0 s · about 3 min 0 s left')
  })

  test('names a case that has been under way for a while', () => {
    const state = { done: 1, known: 100, files: { known: 1, all: 1 }, elapsed_ms: 90_000, running: { name: 'capacity\u001b[31m of search', ms: 61_000 } }
    expect(progressLine(state)).toBe('   1 of 100 cases · 1 min 30 s · capacity of search for 1 min 0 s')
  })

  test('guesses nothing from too little', () => {
    expect(progressLine({ done: 1, known: 100, files: { known: 1, all: 1 }, elapsed_ms: 9000 })).toBe('   1 of 100 cases · 9 s')
  })
}) // prettier-ignore

describe('signs beyond ASCII', () => {
  test.each([
    [{}, true],
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'de_DE.ISO-8859-1' }, false],
    [{ LC_ALL: 'en_US.UTF-8', LANG: 'de_DE.ISO-8859-1' }, true],
    [{ TERM: 'linux', LANG: 'en_US.UTF-8' }, false],
  ])('with %o: %s', (env, shown) => {
    expect(showsUnicode(env, 'linux')).toBe(shown)
  })

  test('on Windows where the terminal is a newer one', () => {
    expect(showsUnicode({}, 'win32')).toBe(false)
    expect(showsUnicode({ WT_SESSION: '1' }, 'win32')).toBe(true)
  })
})
