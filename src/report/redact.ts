import type { BenchmarkConfig } from '../model/benchmark-config.ts'

/** A report is passed on: the password and the query of an upload address stay at home. */
export function withoutCredentials(config: BenchmarkConfig): BenchmarkConfig {
  const { upload_url } = config.reporting
  if (upload_url === undefined) return config
  return { ...config, reporting: { ...config.reporting, upload_url: bareUrl(upload_url) } }
}

function bareUrl(text: string): string {
  if (!URL.canParse(text)) return '[not a URL]'
  const url = new URL(text)
  const { protocol, host, pathname } = url
  return `${protocol}//${host}${pathname}`
}
