import { setTimeout as wait } from 'node:timers/promises'
import type { Reporting } from '../model/benchmark-config.ts'
import type { Report } from './reporter.ts'
import { resultsText } from './results-text.ts'

export const tokenVariable = 'VITEST_PERF_UPLOAD_TOKEN'

export interface UploadOptions {
  /** Attempts in all. @default 4 */
  readonly attempts?: number
  /** Milliseconds before the second attempt; doubled before each further one. @default 500 */
  readonly pause?: number
  /** An attempt is given up after so many milliseconds. @default 10000 */
  readonly timeout?: number
}

/**
 * Posts benchmark_results.json to `upload_url` where `upload_external` is on, with the bearer token. The files of the
 * run are written already: whatever goes wrong here costs them nothing.
 *
 * @returns why it failed, as a sentence that holds neither token nor path of the address; undefined where all is well
 */
export async function uploadResults(
  { results }: Report,
  { upload_external, upload_url }: Reporting,
  token: string | undefined,
  options: UploadOptions = {},
): Promise<string | undefined> {
  if (!upload_external || upload_url === undefined) return undefined
  const { address, authorization } = addressOf(upload_url, token)
  const refused = refusal(address, authorization, token)
  if (refused !== undefined) return sentence(address, refused)
  const text = resultsText(results)
  // Whatever a program under test may have printed: the token is sent in one header and nowhere else.
  const body = token === undefined ? text : text.replaceAll(token, '[redacted]')
  const reason = await post(address, { 'content-type': 'application/json', ...(authorization && { authorization }) }, body, options)
  return reason === undefined ? undefined : sentence(address, reason)
}

const sentence = ({ origin }: URL, reason: string): string => `The results were not uploaded to ${origin}: ${reason}. The files are kept.`

/** Credentials in the address become a header: fetch takes no others. */
function addressOf(url: string, token: string | undefined): { readonly address: URL; readonly authorization: string | undefined } {
  const address = new URL(url)
  const { username, password } = address
  address.username = ''
  address.password = ''
  if (token !== undefined) return { address, authorization: `Bearer ${token}` }
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { address, authorization: pair === ':' ? undefined : `Basic ${Buffer.from(pair).toString('base64')}` }
}

function refusal({ protocol, hostname }: URL, authorization: string | undefined, token: string | undefined): string | undefined {
  // fetch would name the header with its value in its error.
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) return `${tokenVariable} has characters that no header may have`
  const stays = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
  if (authorization !== undefined && protocol !== 'https:' && !stays) return 'credentials are sent over https only'
  return undefined
}

async function post(address: URL, headers: Record<string, string>, body: string, options: UploadOptions): Promise<string | undefined> {
  const { attempts = 4, pause = 500, timeout = 10_000 } = options
  for (let attempt = 1; ; attempt++) {
    const { reason, again, after } = await postOnce(address, headers, body, timeout)
    if (reason === undefined) return undefined
    if (!again || attempt >= attempts) return attempt === 1 ? reason : `${reason}, after ${attempt} attempts`
    await wait(after ?? pause * 2 ** (attempt - 1))
  }
}

interface Attempt {
  readonly reason: string | undefined
  readonly again: boolean
  /** What the receiver asked to wait, in milliseconds. */
  readonly after?: number
}

async function postOnce(address: URL, headers: Record<string, string>, body: string, timeout: number): Promise<Attempt> {
  try {
    // A redirect would carry the results, and maybe the token, to a place that nobody named.
    const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(timeout) })
    await answer.body?.cancel()
    if (answer.ok) return { reason: undefined, again: false }
    const again = answer.status === 408 || answer.status === 429 || answer.status >= 500
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
    return { reason: `it answered with status ${answer.status}`, again, ...(seconds > 0 && { after: Math.min(seconds, 30) * 1000 }) }
  } catch (error) {
    return { reason: failureOf(error, timeout), again: true }
  }
}

/** Codes only: messages of the network may hold the whole address. */
function failureOf(error: unknown, timeout: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${timeout} ms`
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined
  return typeof cause?.code === 'string' ? `the connection failed (${cause.code})` : 'the connection failed'
}
