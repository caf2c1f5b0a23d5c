import type { BenchmarkConfig, Endpoint } from '../model/benchmark-config.ts'
import { Redactor } from '../model/redactor.ts'
import type { Run } from '../model/run.ts'
import { isSecretHeader, isSecretName, mask, withoutUrlSecrets } from '../model/secrets.ts'

/** A report is passed on: what endpoints log in with, and the password and the query of an upload address, stay at home. */
export function withoutCredentials(config: BenchmarkConfig): BenchmarkConfig {
  const { upload_url } = config.reporting
  return {
    ...config,
    ...(config.endpoints && { endpoints: config.endpoints.map(bareEndpoint) }),
    ...(upload_url !== undefined && { reporting: { ...config.reporting, upload_url: bareUrl(upload_url) } }),
  }
}

/** Keys under which texts of servers and programs stand: what they repeat of a request is taken out too. */
const foreign = new Set(['message', 'stack', 'body', 'reason', 'first', 'messages'])

/** The run as reports show it. Whatever a program under test printed or answered, the secrets of the config are in none of its texts. */
export function withoutSecrets(run: Run): Run {
  const redactor = new Redactor()
  for (const { headers } of run.config.endpoints ?? []) redactor.learn(headers)
  // A history holds numbers, ids and commits, and is by far the largest part.
  const { config, trend, ...rest } = run
  const clean = mapTexts(rest, (text, key) => (foreign.has(key) ? redactor.redact(text) : bareText(text))) as typeof rest
  return { ...clean, config: withoutCredentials(config), ...(trend && { trend }) }
}

function bareEndpoint(endpoint: Endpoint): Endpoint {
  const bare = mapTexts(endpoint, (text, key) => (isSecretName(key) ? mask : withoutUrlSecrets(text))) as Endpoint
  if (!bare.headers) return bare
  const headers = Object.entries(bare.headers).map(([name, value]) => [name, isSecretHeader(name, value) ? mask : value] as const)
  return { ...bare, headers: Object.fromEntries(headers) }
}

function bareUrl(text: string): string {
  if (!URL.canParse(text)) return '[not a URL]'
  const url = new URL(text)
  const { protocol, host, pathname } = url
  return `${protocol}//${host}${pathname}`
}

// Most texts have no address in them: histograms, names, figures.
const mayHoldAddress = /:\/\/|[?&;]/
const bareText = (text: string): string => (mayHoldAddress.test(text) ? withoutUrlSecrets(text) : text)

/**
 * Each text with the key it stands under, and names of records. Lists of numbers, which are most of a run, are passed over; what has no secret is not
 * copied, and costs nothing on the way.
 */
function mapTexts(value: unknown, change: (text: string, key: string) => unknown, key = ''): unknown {
  if (typeof value === 'string') return change(value, key)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value : mapList(value, change, key)
  return mapRecord(value as Readonly<Record<string, unknown>>, change)
}

function mapList(list: readonly unknown[], change: (text: string, key: string) => unknown, key: string): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let at = 0; at < list.length; at++) {
    const mapped = mapTexts(list[at], change, key)
    if (!Object.is(mapped, list[at])) (copy ??= [...list])[at] = mapped
  }
  return copy ?? list
}

function mapRecord(record: Readonly<Record<string, unknown>>, change: (text: string, key: string) => unknown): unknown {
  let changed: Map<string, readonly [name: string, value: unknown]> | undefined
  for (const [name, one] of Object.entries(record)) {
    const bare = bareText(name)
    const mapped = mapTexts(one, change, name)
    if (bare !== name || !Object.is(mapped, one)) (changed ??= new Map()).set(name, [bare, mapped])
  }
  return !changed ? record : Object.fromEntries(Object.entries(record).map((entry) => changed.get(entry[0]) ?? entry))
}
