import type { ErrorCode } from '../model/error-catalogue.ts'
import type { RequestSpec } from '../model/spec.ts'
import type { LoadResult } from './conduct.ts'
import type { LoadJob } from './job.ts'
import type { CheckQuestion } from './relayed-check.ts'
import type { RequestOrder } from './relayed-source.ts'

/** From the process of the test file to the generator. */
export type ToGenerator =
  | { readonly type: 'start'; readonly job: LoadJob }
  | { readonly type: 'stop'; readonly reason: string }
  | { readonly type: 'verdict'; readonly key: string; readonly refusal: string | null }
  | { readonly type: 'requests'; readonly user: number; readonly specs: readonly RequestSpec[] }

/** From the generator to the process of the test file. */
export type FromGenerator =
  | { readonly type: 'ready' }
  | { readonly type: 'phase'; readonly name: string }
  | { readonly type: 'progress'; readonly elapsed_ms: number; readonly requests: number }
  | { readonly type: 'check'; readonly question: CheckQuestion }
  | { readonly type: 'order'; readonly order: RequestOrder }
  | { readonly type: 'done'; readonly result: LoadResult }
  | { readonly type: 'failed'; readonly code: ErrorCode | undefined; readonly message: string }
