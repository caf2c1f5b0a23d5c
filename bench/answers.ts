import type { CheckedResponse } from 'vitest-perf'

// What a good answer of the search server is like. Each check stands alone, so that the load generator can run it itself. They know what the product
// does: many failures answer 200 with status "error", and a path that does not exist answers 200 with the start page.

/** `{"status":"ok"}`, or the text OK of earlier versions. */
export function healthy(response: CheckedResponse): boolean {
  if ((response.headers['content-type'] ?? '').includes('html')) return false
  const text = response.text().trim()
  return text === 'OK' || (text.startsWith('{') && response.json().status === 'ok')
}

export function succeeded(response: CheckedResponse): boolean {
  return (response.headers['content-type'] ?? '').includes('json') && response.json().status === 'success'
}

/** A search of which some terms found nothing answers `partial_success`. */
export function found(response: CheckedResponse): boolean {
  if (!(response.headers['content-type'] ?? '').includes('json')) return false
  const { status, results } = response.json()
  return (status === 'success' || status === 'partial_success') && results.length > 0
}
