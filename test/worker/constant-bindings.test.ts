import { describe, expect, test } from 'vitest'
import { constantBindings } from '../../src/worker/constant-bindings.ts'

const bindings = (code: string): string[] => [...constantBindings(code, ['one', 'two', '$3'])].toSorted()

describe('names that a module binds once and for all', () => {
  test.for([
    ['a const', 'const one = 1'],
    ['a function', 'function one() { return two(one) }'],
    ['a generator', 'function*one() {}'],
    ['an async function', 'async function one() {}'],
    ['a class', 'class one extends Object { one() { return this.one } }'],
    ['behind code that waits', 'await 0\nconst one = await import("x")'],
    ['behind text that looks like code', 'const a = "{ // ", b = /[{]\\/\\//, c = `}${{}}`; const one = 1'],
    ['behind a comment', '/* function f() { */ // {\nconst one = 1'],
    ['compared and read', 'function one() {}\nif (one === 1 || one <= 2) call(one, { one, ...one })'],
    ['a property of that name assigned', 'function one() {}\nobject.one = 2; object?.one; ({ one: 1 })'],
    ['in one line', 'const $3 = 1;const one = 2'],
  ] as const)('%s', ([, code]) => {
    expect(bindings(code)).toContain('one')
  })
})

describe('names that may change, or may be of another scope', () => {
  test.for([
    ['a let', 'let one = 1; function f() { one++ }'],
    ['a let that a function shadows by a const', 'let one = 0; function bump() { one++ }\nfunction f() { const one = 1; return one }'],
    ['a let that a block shadows', 'let one = 0; function bump() { one++ }\n{ const one = 1 }'],
    ['a let that a method shadows', 'let one = 0; class A { bump() { one++ } f() {\nconst one = 1 } }'],
    ['a var that a loop shadows', 'var one = 0; for (const one of []) ;'],
    ['a let and a comment that says const', 'let one = 0; one++\n// const one = 1\n/* const one = 1 */'],
    ['a let and a text that says const', 'let one = 0; one++\nconst a = "; const one = 1", b = `\nconst one = 1\n`'],
    ['a named function expression', 'let one = function one() {}; one = 2'],
    ['a function that is assigned', 'function one() {}\nfunction replace() { one = 2 }'],
    ['a function that is assigned before', 'one = 2\nfunction one() {}'],
    ['a function assigned in a pattern', 'function one() {}\n;[one] = [2]'],
    ['a function assigned in an object', 'function one() {}\n;({ a: one } = {})'],
    ['a function assigned in a rest', 'function one() {}\n;[...one] = []'],
    ['a function assigned by a loop', 'function one() {}\nfor (one of []) ;'],
    ['a function that counts', 'function one() {}\none &&= 2'],
    ['a class that is assigned', 'class one {}\none = 2'],
    ['code that is none', 'function one() { } }'],
    ['code that ends early', 'class one {'],
    ['nothing', ''],
  ] as const)('%s', ([, code]) => {
    expect(bindings(code)).not.toContain('one')
  })

  test('one that is assigned does not hold back the others', () => {
    expect(bindings('function one() {}\nfunction two() {}\nclass $3 {}\ntwo = 1')).toEqual(['$3', 'one'])
  })
})
