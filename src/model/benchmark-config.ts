import type { Duration, Percent } from './units.ts'

export const operators = ['LessThan', 'LessThanOrEqual', 'GreaterThan', 'GreaterThanOrEqual', 'Equal'] as const
export type Operator = (typeof operators)[number]
export const severities = ['Warning', 'Blocking'] as const
export type Severity = (typeof severities)[number]

/** A budget: `<id>.<metric>` against a threshold. `*` in the id stands for any characters. */
export interface Gate {
  readonly name: string
  readonly metric: string
  readonly operator: Operator
  readonly threshold: number
  readonly severity: Severity
}

/** The mission's ten service level objectives. */
export interface Slo {
  readonly max_startup_time_ms: number
  readonly max_api_response_time_ms: number
  readonly max_search_time_ms: number
  readonly max_indexing_time_per_doc_ms: number
  readonly max_memory_mb: number
  readonly max_cpu_idle_percent: number
  readonly max_cpu_load_percent: number
  readonly min_rps: number
  readonly max_concurrent_users: number
  readonly max_data_scale: number
}

export interface Reporting {
  readonly json: boolean
  readonly html: boolean
  readonly markdown: boolean
  /** Write benchmark_report.pdf. Needs pdfmake in the project. @default false */
  readonly pdf?: boolean
  /** A folder whose templates stand in for those of the HTML and Markdown reports of the same name. */
  readonly templates?: string
  readonly upload_external: boolean
  readonly upload_url?: string
}

/** An http case that needs no code. */
export interface Endpoint {
  /** Of the case. */
  readonly name: string
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** What a good answer is like, beside a status below 400. */
  readonly expect?: {
    readonly status?: number
    readonly contains?: string
    /** Keys that the body, an object of JSON, must have with these values. */
    readonly json?: Readonly<Record<string, string | number | boolean | null>>
  }
  readonly connections?: number
  /** Requests per second, in place of connections. */
  readonly rate?: number
  readonly duration?: Duration
}

/** A regression that is known, and shall not fail runs for a while. */
export interface Waiver {
  /** Id of the case; `*` stands for any characters. */
  readonly case: string
  /** Last day on which it holds, as in `2026-12-31`. */
  readonly until: string
  readonly reason: string
}

/** `benchmark-config.json`, read and complete. */
export interface BenchmarkConfig {
  readonly gates: readonly Gate[]
  readonly slo: Slo
  /** Fail on an undecided gate too. @default false */
  readonly strict: boolean
  readonly fail_on_regression: boolean
  readonly regression_threshold_percent: Percent
  readonly update_baseline_on_success: boolean
  /** @default none */
  readonly waivers?: readonly Waiver[]
  readonly reporting: Reporting
  readonly iterations?: number
  readonly warmup_iterations?: number
  readonly monitoring_interval_ms?: number
  readonly enable_profiling?: boolean
  readonly concurrent_users: readonly number[]
  readonly data_scales: readonly number[]
  /** @default none */
  readonly endpoints?: readonly Endpoint[]
}

export const defaultConfig: BenchmarkConfig = {
  gates: [],
  slo: {
    max_startup_time_ms: 5000,
    max_api_response_time_ms: 500,
    max_search_time_ms: 1000,
    max_indexing_time_per_doc_ms: 50,
    max_memory_mb: 1024,
    max_cpu_idle_percent: 5,
    max_cpu_load_percent: 80,
    min_rps: 10,
    max_concurrent_users: 100,
    max_data_scale: 1_000_000,
  },
  strict: false,
  fail_on_regression: true,
  regression_threshold_percent: 5,
  update_baseline_on_success: false,
  reporting: { json: true, html: true, markdown: true, pdf: false, upload_external: false },
  concurrent_users: [1, 5, 10, 25, 50],
  data_scales: [1_000, 10_000, 100_000, 1_000_000],
}
