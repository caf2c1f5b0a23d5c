import { expect, test } from 'vitest'
import { CookieJar } from '../../src/load/cookie-jar.ts'

test('a cookie jar sends each cookie where it belongs, until it ends', () => {
  const jar = new CookieJar()
  jar.take(
    'HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=x=y; Expires=Wed, 01 Jan 2200 00:00:00 GMT\r\nX: 1',
    '/shop/cart?x=1',
  )
  expect(jar.header('/')).toBe('a=1')
  expect(jar.header('/shop/list')).toBe('b=x=y; a=1')
  expect(jar.header('/shopping')).toBe('a=1')
  jar.take('HTTP/1.1 200 OK\r\nSet-Cookie: a=2; Path=/\r\nSet-Cookie: b=; Max-Age=0\r\nSet-Cookie: broken', '/shop/cart')
  expect(jar.header('/shop/list')).toBe('a=2')
  jar.take('HTTP/1.1 200 OK\r\nSet-Cookie: a=2; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT', '/')
  expect(jar.header('/shop/list')).toBeUndefined()
})
