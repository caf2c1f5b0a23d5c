import { PerfError } from '../model/error.ts'
import { withoutUrlSecrets } from '../model/secrets.ts'

/** Where the load goes. */
export interface Target {
  readonly origin: string
  readonly host: string
  readonly port: number
  /** Value of the Host header. */
  readonly authority: string
  readonly tls: { readonly ca: string | undefined; readonly servername: string } | undefined
  /** `user:pass@` of the origin, as the header it stands for. */
  readonly authorization: string | undefined
  readonly loopback: boolean
}

/** @throws PerfError TARGET_INVALID where `origin` is no http or https url. */
export function readTarget(origin: string, ca: string | undefined): Target {
  const url = URL.canParse(origin) ? new URL(origin) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new PerfError('TARGET_INVALID', `The origin ${JSON.stringify(withoutUrlSecrets(origin))} is no http or https url.`)
  }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'https:'
  const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return {
    origin: url.origin,
    host,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    authority: url.host,
    // An empty servername sends no SNI, as RFC 6066 wants it for addresses.
    tls: secure ? { ca, servername: /[:]|^[\d.]+$/.test(host) ? '' : host } : undefined,
    authorization: credentials === ':' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`,
    loopback: isLoopback(host),
  }
}

/** 127.0.0.0/8, ::1 and localhost. Other names are not resolved: what they mean can change between two look-ups. */
export function isLoopback(host: string): boolean {
  return /^127(?:\.\d{1,3}){3}$/.test(host) || host === '::1' || host === 'localhost' || host.endsWith('.localhost')
}
