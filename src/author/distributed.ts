import type { CaseSubject, HttpOptions } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import type { RequestSource, SharedOptions } from '../model/spec.ts'
import { toMilliseconds } from '../model/units.ts'

/** What Artillery takes before and after its load: to load its parts here, to have machines started in a cloud. */
const launchMs = { here: 120_000, cloud: 1_200_000 }
const usualMs = 5_000

export function httpSubject(request: RequestSource, { distributed, ...load }: HttpOptions): Extract<CaseSubject, { kind: 'http' }> {
  return { kind: 'http', request, load, distributed }
}

/** A load by another program needs time to start, and has no warm-up that could be left out of its figures. */
export function launched(name: string, shared: SharedOptions, { distributed, warmup, stages, timeout }: HttpOptions): SharedOptions {
  if (distributed === undefined) return shared
  if (warmup !== undefined && toMilliseconds(warmup) !== 0) {
    throw new PerfError('OPTION_INVALID', `"${name}" has { distributed } and a warm-up; Artillery counts from its first request.`)
  }
  const ms = (stages ?? [{ duration: shared.time ?? usualMs }]).reduce((sum, { duration }) => sum + (toMilliseconds(duration) ?? 0), 0)
  const launch = (distributed.platform ?? 'local') === 'local' ? launchMs.here : launchMs.cloud
  return { ...shared, warmup: 0, timeout: timeout ?? ms + launch }
}
