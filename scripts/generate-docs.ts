// docs/metrics.md, docs/errors.md and the JSON Schema of benchmark_results.json are made from the source, so that they cannot lag behind it.
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { errorCatalogue } from '../src/model/error-catalogue.ts'
import { metricCatalogue } from '../src/model/metric-catalogue.ts'
import type { MetricDefinition } from '../src/model/metric-catalogue.ts'
import { resultsSchema } from '../src/report/schema.ts'

const units: Readonly<Record<MetricDefinition['unit'], string>> = {
  ms: 'milliseconds',
  ns: 'nanoseconds',
  '1/s': 'per second',
  '%': 'percent',
  MB: 'megabytes (1024²)',
  B: 'bytes',
  count: 'count',
  ratio: 'ratio',
  'B/s': 'bytes per second',
  'MB/min': 'megabytes per minute',
  n: 'number',
}

function metricsPage(): string {
  const rows = Object.entries<MetricDefinition>(metricCatalogue).map(
    ([name, { unit, better, kinds, meaning }]) =>
      `| <a id="${name}"></a>\`${name}\` | ${units[unit]} | ${better} | ${kinds.join(', ')} | ${meaning} |`,
  )
  return `# Metrics

<!-- Made by scripts/generate-docs.ts from src/model/metric-catalogue.ts: change it there. -->

A gate names a metric as \`<id>.<metric>\`, for example \`search_api.p95_time_ms\`; \`*\` in the id stands for any characters.
A case has the metrics of its kind that could be measured, and no others: what was not measured is absent, never 0. A gate with \`*\` asks nothing of cases
whose processes cannot tell its metric; where no case can, the gate is missing.
Figures of processes are those of the server where the case has one, else of the worker. A function or track case that asks for the \`server\` fixture
has those of a Node.js server too. \`bench.scale\` and \`bench.users\` have them in their parts, \`<id>_<n>\`; \`bench.capacity\` has them for its whole search.
\`bench.track\` and own samplers add metrics of their own beside these.

| metric | unit | better | kinds of case | meaning |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

function errorsPage(): string {
  const sections = Object.entries(errorCatalogue).map(
    ([code, { when, hint }]) => `## <a id="${code.toLowerCase()}"></a>${code}\n\n**When:** ${when}\n\n**What to do:** ${hint}\n`,
  )
  return `# Errors

<!-- Made by scripts/generate-docs.ts from src/model/error-catalogue.ts: change it there. -->

Every error that vitest-perf raises on purpose is a \`PerfError\` with a \`code\`, the place in the file it is about, a hint, and the
last output of the process that is part of the story. The code stands in brackets at the end of the message.

${sections.join('\n')}`
}

function schemaFile(): string {
  const schema = z.toJSONSchema(resultsSchema, { io: 'input' })
  const titled = { title: 'vitest-perf/1', description: 'benchmark_results.json, as vitest-perf writes it. Keys may be added.', ...schema }
  return `${JSON.stringify(titled, null, 2)}\n`
}

/** Every generated file by its path in the project. */
export const generated = (): Readonly<Record<string, string>> => ({
  'docs/metrics.md': metricsPage(),
  'docs/errors.md': errorsPage(),
  'schema/vitest-perf-1.schema.json': schemaFile(),
})

if (import.meta.main) {
  for (const [path, text] of Object.entries(generated())) {
    const file = join(import.meta.dirname, '..', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}
