import { z } from 'zod'
import { defaultConfig, operators, severities } from '../model/benchmark-config.ts'
import { endpointSchema } from './endpoint-schema.ts'
import { waiverSchema } from './waiver-schema.ts'

/** Every message completes the sentence "<key> is <value>; it …". */
interface Range {
  readonly from: number
  readonly to: number
  readonly unit: string
}
const rangeText = ({ from, to, unit }: Range, what: string): string => `must be ${what} from ${from} to ${to} (${unit})`

function number(range: Range): z.ZodNumber {
  const error = rangeText(range, 'a number')
  return z.number({ error }).min(range.from, { error }).max(range.to, { error })
}
function whole(range: Range): z.ZodInt {
  const error = rangeText(range, 'a whole number')
  return z.int({ error }).min(range.from, { error }).max(range.to, { error })
}
const flag = (): z.ZodBoolean => z.boolean({ error: 'must be true or false' })
const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ')
const text = (what: string): z.ZodString => z.string({ error: `must be ${what}` }).min(1, { error: `must be ${what}` })
const list = <T extends z.ZodType>(item: T, what: string): z.ZodArray<T> => {
  const error = `must be a list of ${what}, at least one and at most 100`
  return z.array(item, { error }).min(1, { error }).max(100, { error })
}
/** Only for the wrong type; unknown keys are told by their own sentence. */
const objectError = (issue: { readonly code?: string | undefined }): string | undefined =>
  issue.code === 'invalid_type' ? 'must be an object' : undefined

const ms = (what: string) => number({ from: 0, to: 86_400_000, unit: 'milliseconds' }).describe(what)
const cpu = (what: string) => number({ from: 0, to: 100_000, unit: 'percent of one core' }).describe(what)
const metricText = 'must be "<case id>.<metric>", such as "search_api.p95_time_ms"; "*" may stand in the id for any characters'
const { slo, reporting } = defaultConfig

export const gateSchema = z
  .strictObject(
    {
      name: text('a name').describe('What reports call this gate.'),
      metric: z
        .string({ error: metricText })
        .regex(/^[\p{L}\p{N}_*:-]+\.[\p{L}\p{N}_:-]+$/u, { error: metricText })
        .describe('`<case id>.<metric>`. `*` in the id stands for any characters; each matching case is judged.'),
      operator: z.enum(operators, { error: `must be one of ${quoted(operators)}` }).describe('How the metric must stand to the threshold.'),
      threshold: z.number({ error: 'must be a finite number' }).describe('In the unit of the metric.'),
      severity: z.enum(severities, { error: `must be one of ${quoted(severities)}` }).describe('A warning never fails the run.'),
    },
    { error: objectError },
  )
  .refine(
    ({ metric, operator, threshold }) => !(metric.endsWith('.success_rate') && operator.startsWith('Greater') && isShare(threshold)),
    {
      path: ['threshold'],
      error: 'must be in percent, 0 to 100, as success_rate is: write 99 where 99 % is meant, not 0.99',
    },
  )

/** 0.99 would be met by a case that fails 99 of 100 times: a gate that cannot fail. */
function isShare(threshold: number): boolean {
  return threshold > 0 && threshold <= 1
}

export const sloSchema = z.strictObject(
  {
    max_startup_time_ms: ms('Start of the server to its first good answer.').default(slo.max_startup_time_ms),
    max_api_response_time_ms: ms('p95 of an http case that is no search.').default(slo.max_api_response_time_ms),
    max_search_time_ms: ms('p95 of a search case.').default(slo.max_search_time_ms),
    max_indexing_time_per_doc_ms: ms('Mean time to index a document.').default(slo.max_indexing_time_per_doc_ms),
    max_memory_mb: number({ from: 1, to: 16_777_216, unit: 'megabytes' }).describe('Peak memory of the server.').default(slo.max_memory_mb),
    max_cpu_idle_percent: cpu('CPU of the server without load.').default(slo.max_cpu_idle_percent),
    max_cpu_load_percent: cpu('CPU of the server under load.').default(slo.max_cpu_load_percent),
    min_rps: number({ from: 0, to: 1e9, unit: 'requests per second' })
      .describe('Throughput of a closed-loop http case.')
      .default(slo.min_rps),
    max_concurrent_users: whole({ from: 1, to: 1e6, unit: 'users' })
      .describe('Users that must be served at once with 99 % success.')
      .default(slo.max_concurrent_users),
    max_data_scale: whole({ from: 1, to: 1e12, unit: 'documents or rows' })
      .describe('Data size that must be handled.')
      .default(slo.max_data_scale),
  },
  { error: objectError },
)

export const reportingSchema = z
  .strictObject(
    {
      json: flag().describe('Write benchmark_results.json.').default(reporting.json),
      html: flag().describe('Write benchmark_report.html.').default(reporting.html),
      markdown: flag().describe('Write benchmark_summary.md.').default(reporting.markdown),
      pdf: flag()
        .describe('Write benchmark_report.pdf. Needs the package pdfmake.')
        .default(reporting.pdf ?? false),
      templates: text('a folder')
        .describe('A folder whose templates replace ours of the same name, from where Vitest is started.')
        .exactOptional(),
      upload_external: flag().describe('Send the results to `upload_url`.').default(reporting.upload_external),
      upload_url: z
        .url({ protocol: /^https?$/, error: 'must be an http or https address' })
        .describe('Where results are sent.')
        .exactOptional(),
    },
    { error: objectError },
  )
  .refine(({ upload_external, upload_url }) => !upload_external || upload_url !== undefined, {
    path: ['upload_external'],
    error: 'needs "upload_url" beside it when it is true',
  })

const calls = (from: number) => whole({ from, to: 1e9, unit: 'calls' })

export const configSchema = z.strictObject(
  {
    gates: z.array(gateSchema, { error: 'must be a list of gates' }).default([]).describe('Budgets that the run is judged by.'),
    slo: sloSchema.prefault({}).describe('Service level objectives.'),
    strict: flag().describe('Undecided blocking gates fail too.').default(defaultConfig.strict),
    fail_on_regression: flag()
      .describe('Regressed cases, and cases of the baseline that are missing, fail the run.')
      .default(defaultConfig.fail_on_regression),
    regression_threshold_percent: number({ from: 0, to: 1000, unit: 'percent' })
      .describe('Change against the baseline that counts as a regression.')
      .default(defaultConfig.regression_threshold_percent),
    update_baseline_on_success: flag()
      .describe('Add a run that passed to the baseline, under CI too.')
      .default(defaultConfig.update_baseline_on_success),
    waivers: z
      .array(waiverSchema, { error: 'must be a list of waivers' })
      .describe('Regressions that are known, each until a day and with a reason.')
      .exactOptional(),
    reporting: reportingSchema.prefault({}).describe('Which reports are written.'),
    iterations: calls(1).describe('Smallest number of calls of a function case, where time allows.').exactOptional(),
    warmup_iterations: calls(0).describe('Calls before the first sample.').exactOptional(),
    monitoring_interval_ms: number({ from: 10, to: 60_000, unit: 'milliseconds' })
      .describe('How often processes are sampled.')
      .exactOptional(),
    enable_profiling: flag().describe("The mission's switch for profiles.").exactOptional(),
    concurrent_users: list(whole({ from: 1, to: 100_000, unit: 'users' }), 'whole numbers')
      .describe('Levels of concurrent_users_N.')
      .default([...defaultConfig.concurrent_users]),
    data_scales: list(whole({ from: 1, to: 1e12, unit: 'documents or rows' }), 'whole numbers')
      .describe('Sizes of data_scale_N.')
      .default([...defaultConfig.data_scales]),
    endpoints: z.array(endpointSchema, { error: 'must be a list of endpoints' }).describe('Http cases without code.').exactOptional(),
  },
  { error: objectError },
)
