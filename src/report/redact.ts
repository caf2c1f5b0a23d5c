import type { BenchmarkConfig, Endpoint } from '../model/benchmark-config.ts'
import { Redactor } from '../model/redactor.ts'
import type { Run } from '../model/run.ts'
import { isSecretName, mask, withoutUrlSecrets } from '../model/secrets.ts'

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
  return mapTexts(endpoint, (text, key) => (isSecretName(key) ? mask : withoutUrlSecrets(text))) as Endpoint
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
 * Each text with the key it stands under, and names of records. Lists of numbers, which are most of a run, are passed over, and what has no
 * secret is not copied.
 */
function mapTexts(value: unknown, change: (text: string, key: string) => unknown, key = ''): unknown {
  if (typeof value === 'string') return change(value, key)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    if (typeof value[0] === 'number') return value
    const mapped = value.map((one: unknown) => mapTexts(one, change, key))
    return mapped.every((one, at) => one === value[at]) ? value : mapped
  }
  const entries = Object.entries(value)
  const mapped = entries.map(([name, one]): [string, unknown] => [bareText(name), mapTexts(one, change, name)])
  return mapped.every(([name, one], at) => name === entries[at]?.[0] && one === entries[at]?.[1]) ? value : Object.fromEntries(mapped)
}
