import { getNodeValue } from 'jsonc-parser'
import type { z } from 'zod'
import { operators, severities } from '../model/benchmark-config.ts'
import type { ConfigTree, KeyPath } from './config-tree.ts'
import { keyOffsets, nodeAt, offsetOf, repeatedKeys } from './config-tree.ts'
import { configSchema, gateSchema, reportingSchema, sloSchema } from './config-schema.ts'
import { endpointSchema, expectSchema } from './endpoint-schema.ts'
import { didYouMean } from '../model/did-you-mean.ts'
import { shownValue, visibleText } from './visible-text.ts'

/** Places and sentences are made for the problems that are listed, not for the ten thousand of a file of garbage. */
export interface ConfigProblem {
  readonly offset: number
  readonly say: () => string
}

const operatorSigns: Readonly<Record<string, string>> = {
  '<': 'LessThan',
  lt: 'LessThan',
  below: 'LessThan',
  '<=': 'LessThanOrEqual',
  '=<': 'LessThanOrEqual',
  '≤': 'LessThanOrEqual',
  lte: 'LessThanOrEqual',
  le: 'LessThanOrEqual',
  max: 'LessThanOrEqual',
  '>': 'GreaterThan',
  gt: 'GreaterThan',
  above: 'GreaterThan',
  '>=': 'GreaterThanOrEqual',
  '=>': 'GreaterThanOrEqual',
  '≥': 'GreaterThanOrEqual',
  gte: 'GreaterThanOrEqual',
  ge: 'GreaterThanOrEqual',
  min: 'GreaterThanOrEqual',
  '=': 'Equal',
  '==': 'Equal',
  '===': 'Equal',
  eq: 'Equal',
  is: 'Equal',
}
const severityWords: Readonly<Record<string, string>> = {
  warn: 'Warning',
  info: 'Warning',
  error: 'Blocking',
  critical: 'Blocking',
  fail: 'Blocking',
}

/** `gates[2].operator` */
export function keyText(path: KeyPath): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${visibleText(part)}`)).join('')
}

function meantValue(path: KeyPath, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  const key = path.at(-1)
  if (key === 'operator') return operatorSigns[word] ?? didYouMean(value, operators)
  if (key === 'severity') return severityWords[word] ?? didYouMean(value, severities)
  return undefined
}

function knownKeys(path: KeyPath): readonly string[] {
  const [first] = path
  if (first === undefined) return Object.keys(configSchema.shape)
  if (first === 'gates') return Object.keys(gateSchema.shape)
  if (first === 'endpoints') return Object.keys((path.includes('expect') ? expectSchema : endpointSchema).shape)
  return Object.keys(first === 'slo' ? sloSchema.shape : reportingSchema.shape)
}

const meant = (candidate: string | undefined): string => (candidate === undefined ? '' : ` Did you mean "${candidate}"?`)

/** Each complaint of the schema as a sentence with its place: the key, the value, what was meant and what is allowed. */
export function describeIssues(tree: ConfigTree, issues: readonly z.core.$ZodIssue[]): ConfigProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
    if (issue.code === 'unrecognized_keys') {
      const offsets = keyOffsets(tree, path)
      return issue.keys.map((key) => ({ offset: offsets.get(key) ?? 0, say: () => unknownKey(path, key) }))
    }
    return [{ offset: offsetOf(tree, path), say: () => wrongValue(tree, path, issue.message) }]
  })
}

function wrongValue(tree: ConfigTree, path: KeyPath, what: string): string {
  const node = nodeAt(tree, path)
  const key = path.length === 0 ? 'the file' : keyText(path)
  if (!node) return `${key} is missing; it ${what}.`
  const value: unknown = getNodeValue(node)
  return `${key} is ${shownValue(value)}; it ${what}.${meant(meantValue(path, value))}`
}

function unknownKey(parent: KeyPath, key: string): string {
  const known = knownKeys(parent)
  return `${keyText([...parent, key])} is no key of this file.${meant(didYouMean(key, known))} Allowed are ${known.join(', ')}.`
}

export function describeRepeatedKeys(tree: ConfigTree): ConfigProblem[] {
  return repeatedKeys(tree.root).map(({ parent, key, offset }) => ({ offset, say: () => `${keyText([...parent, key])} is given twice.` }))
}
