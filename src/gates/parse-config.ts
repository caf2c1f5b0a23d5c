import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { BenchmarkConfig } from '../model/benchmark-config.ts'
import { PerfError, placeText } from '../model/error.ts'
import type { ConfigProblem } from './config-problems.ts'
import { describeIssues, describeRepeatedKeys } from './config-problems.ts'
import { configSchema } from './config-schema.ts'
import type { ConfigTree } from './config-tree.ts'
import { configValue, parseConfigTree, placeAt } from './config-tree.ts'

/** More problems than this are counted, not listed. */
const listed = 20

/**
 * Reads the text of a `benchmark-config.json`; what it leaves out has the defaults of docs/config.md.
 *
 * @throws PerfError CONFIG_SYNTAX, CONFIG_INVALID: each problem with file, line, column, key and what is allowed
 */
export function parseBenchmarkConfig(text: string, file: string): BenchmarkConfig {
  const tree = parseConfigTree(text, file)
  const parsed = configSchema.safeParse(configValue(tree))
  const problems = [...(parsed.success ? [] : describeIssues(tree, parsed.error.issues)), ...describeRepeatedKeys(tree)]
  if (parsed.success && problems.length === 0) return parsed.data
  throw invalid(
    tree,
    problems.toSorted((a, b) => a.offset - b.offset),
  )
}

/** @throws PerfError CONFIG_UNREADABLE, and as {@link parseBenchmarkConfig} */
export async function readBenchmarkConfig(path: string): Promise<BenchmarkConfig> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new PerfError('CONFIG_UNREADABLE', `The benchmark config cannot be read: ${(cause as Error).message}.`, {
      place: { file: path },
      cause,
    })
  }
  return parseBenchmarkConfig(text, path)
}

function invalid({ file, text }: ConfigTree, problems: readonly ConfigProblem[]): PerfError {
  const named = problems.slice(0, listed).map(({ offset, say }) => ({ place: placeAt(file, text, offset), message: say() }))
  const [first] = named
  const place = first ? { place: first.place } : {}
  if (first && problems.length === 1) return new PerfError('CONFIG_INVALID', `The benchmark config is wrong: ${first.message}`, place)
  const lines = named.map(({ place, message }) => `  ${placeText(place)} ${message}`)
  const more = problems.length > listed ? [`  and ${problems.length - listed} more`] : []
  return new PerfError('CONFIG_INVALID', [`The benchmark config has ${problems.length} problems:`, ...lines, ...more].join('\n'), place)
}

/** The JSON Schema of `benchmark-config.json`, for editors (`"$schema"`) and for other validators. */
export function benchmarkConfigJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'object') jsonSchema.patternProperties = { '^[$_]': {} }
    },
  })
  return { ...schema, title: 'benchmark-config.json of vitest-perf' }
}
