import { expect, test } from 'vitest'
import { isSecretName, withoutSecretLines, withoutUrlSecrets } from '../../src/model/secrets.ts'

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
])('%s names a secret', (name) => expect(isSecretName(name)).toBe(true))

test.for(['accept', 'content-type', 'keyword', 'monkey', 'tokens_used', 'design', 'page', 'signed', ''])('%s names none', (name) =>
  expect(isSecretName(name)).toBe(false),
)

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

test('header lines of others lose their values, prose keeps its words', () => {
  expect(withoutSecretLines('X-Auth-Token: abc\nAccept: text/html')).toBe('X-Auth-Token: [redacted]\nAccept: text/html')
  expect(withoutSecretLines('Unexpected token: } in JSON')).toBe('Unexpected token: } in JSON')
})
