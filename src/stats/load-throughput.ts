import type { Estimate } from '../model/estimate.ts'
import type { LoadTimes } from '../model/measured.ts'
import type { LoadFigures } from './load-latency.ts'
import { normalQuantile } from './normal-quantile.ts'
import { studentTQuantile } from './student-t.ts'
import { wilson } from './wilson.ts'

const confidence = 0.95
const upper = (1 + confidence) / 2
const fewestWindows = 3

/** Requests that had a whole answer, whatever it said. */
export function answeredOf({ requests, failures }: LoadTimes): number {
  return requests - failures.timeout - failures.connection - failures.protocol
}

export function failedOf({ failures }: LoadTimes): number {
  return Object.values(failures).reduce((sum, count) => sum + count, 0)
}

/** Requests and bytes over time, and the share of good requests. */
export function loadThroughput(load: LoadTimes): LoadFigures {
  const answered = answeredOf(load)
  const seconds = load.elapsed_ms / 1000
  const metrics: Record<string, number> = {}
  const estimates: Record<string, Estimate> = {}
  if (seconds > 0) {
    const rate = answered / seconds
    metrics['ops_per_second'] = metrics['requests_per_second'] = rate
    metrics['bytes_per_second'] = load.bytes_received / seconds
    estimates['ops_per_second'] = estimates['requests_per_second'] = rateEstimate(load, rate, answered)
  }
  if (load.requests > 0) {
    const good = load.requests - failedOf(load)
    metrics['success_rate'] = (100 * good) / load.requests
    estimates['success_rate'] = wilson(good, load.requests)
  }
  if (answered > 0) {
    metrics['bytes_per_request'] = load.bytes_received / answered
    metrics['body_bytes_per_request'] = load.body_bytes_received / answered
    metrics['header_bytes_per_request'] = (load.bytes_received - load.body_bytes_received) / answered
  }
  return { metrics, estimates }
}

/**
 * The rate varies more from second to second than independent requests would, so its interval comes from the whole windows (Student's t). With
 * fewer than three of them it is that of a Poisson count, which is the least it can be.
 */
function rateEstimate(load: LoadTimes, rate: number, answered: number): Estimate {
  const windows = load.windows
  const lengthMs = (windows[1]?.at_ms ?? 0) - (windows[0]?.at_ms ?? 0)
  const whole = windows.filter(({ at_ms }) => at_ms + lengthMs <= load.elapsed_ms).map(({ requests }) => (requests / lengthMs) * 1000)
  const margin =
    whole.length >= fewestWindows && lengthMs > 0
      ? studentTQuantile(upper, whole.length - 1) * (deviation(whole) / Math.sqrt(whole.length))
      : (normalQuantile(upper) * Math.sqrt(answered) * rate) / Math.max(1, answered)
  return { point: rate, low: Math.max(0, rate - margin), high: rate + margin, confidence }
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
