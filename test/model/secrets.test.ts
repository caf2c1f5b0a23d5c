import { expect, test } from 'vitest'
import { isSecretHeader, isSecretName, withoutSecretLines, withoutUrlSecrets } from '../../src/model/secrets.ts'

test.for([
  'Authorization',
  'proxy-authorization',
  'Cookie',
  'set-cookie',
  'X-Api-Key',
  'key',
  'apikey',
  'accessToken',
  'X-Amz-Signature',
  'X-Amz-Security-Token',
  'client_secret',
  'password',
  'sig',
  'x-csrf-token',
  'x-auth',
  'auth',
  'oauth',
  'bearer',
  'jwt',
  'x-jwt',
  'idJwt',
  'session',
  'session_id',
  'x-session-id',
  'sid',
  'connect.sid',
  'PHPSESSID',
  'JSESSIONID',
  'xsrf',
  'otp',
])('%s names a secret', (name) => expect(isSecretName(name)).toBe(true))

test.for([
  'accept',
  'content-type',
  'keyword',
  'monkey',
  'tokens_used',
  'design',
  'page',
  'signed',
  'author',
  'side',
  'sessions',
  'obtain',
  '',
])('%s names none', (name) => expect(isSecretName(name)).toBe(false))

test('urls lose user, password and secret parameters, and nothing else', () => {
  expect(withoutUrlSecrets('see http://me:p@ss/w@host:80/a?page=2&token=abc&q=x#top')).toBe(
    'see http://[redacted]@ss/w@host:80/a?page=2&token=[redacted]&q=x#top',
  )
  expect(withoutUrlSecrets('https://me:pw@host/ and /x?api_key=1&signature=2')).toBe(
    'https://[redacted]@host/ and /x?api_key=[redacted]&signature=[redacted]',
  )
  expect(withoutUrlSecrets('GET /users?keyword=rust mail a@b.c')).toBe('GET /users?keyword=rust mail a@b.c')
})

test('cleaning twice is cleaning once', () => {
  const once = withoutUrlSecrets('https://me:pw@host/?token=abc')
  expect(withoutUrlSecrets(once)).toBe(once)
})

test.for([
  ['x-upstream', 'Bearer abc', true],
  ['x-upstream', 'basic YWxhZGRpbjpvcGVu', true],
  ['x-upstream', 'Digest username="me", response="6629"', true],
  ['x-auth', 'abc', true],
  ['x-upstream', 'Basic', false],
  ['accept', 'text/html', false],
] as const)('a header %s: %s holds a secret: %s', ([name, value, secret]) => expect(isSecretHeader(name, value)).toBe(secret))

test('credentials in texts of others are taken out wherever they stand, and prose keeps its words', () => {
  expect(withoutSecretLines('sent "Bearer ab12cd34ef" upstream')).toBe('sent "Bearer [redacted]" upstream')
  expect(withoutSecretLines('sent Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ== upstream')).toBe('sent Basic [redacted] upstream')
  expect(withoutSecretLines('got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN, no more')).toBe('got [redacted], no more')
  for (const prose of ['Basic authentication is needed', 'a bearer authorizes', 'Cannot open session: timed out', 'auth: no such user']) {
    expect(withoutSecretLines(prose)).toBe(prose)
  }
})

test('header lines of others lose their values, prose keeps its words', () => {
  expect(withoutSecretLines('X-Auth-Token: abc\nx-auth: abc\nx-session-id: abc\nAccept: text/html')).toBe(
    'X-Auth-Token: [redacted]\nx-auth: [redacted]\nx-session-id: [redacted]\nAccept: text/html',
  )
  expect(withoutSecretLines('Unexpected token: } in JSON')).toBe('Unexpected token: } in JSON')
})
