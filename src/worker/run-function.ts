import type { DeclaredCase, CaseSubject } from '../model/declared.ts'
import type { FunctionSpec } from '../model/spec.ts'
import { compareFunctions } from '../measure/compare-functions.ts'
import { measureFunction } from '../measure/measure-function.ts'
import { finding } from '../model/finding.ts'
import { forThisProcess } from './against-process.ts'
import { gettersIn, settleConstantExports } from './constant-exports.ts'
import type { CaseTools, Outcome } from './outcome.ts'

type FunctionSubject = Extract<CaseSubject, { kind: 'function' }>
type CompareSubject = Extract<CaseSubject, { kind: 'compare' }>
type AnyContext = never

export const minimumSampleMs = 1

export function specOf(
  declared: DeclaredCase,
  name: string,
  body: (context: AnyContext) => unknown,
  context: unknown,
  memory: boolean,
  signal: AbortSignal,
): FunctionSpec {
  const { options } = declared
  return forThisProcess({
    name,
    body: body as FunctionSpec['body'],
    context,
    timeMs: options.timeMs,
    warmupMs: options.warmupMs,
    iterations: options.iterations,
    warmupIterations: options.warmupIterations,
    minimumSampleMs,
    memory,
    signal,
  })
}

export async function runFunction(
  declared: DeclaredCase,
  subject: FunctionSubject,
  context: unknown,
  items: readonly unknown[],
  tools: CaseTools,
): Promise<Outcome[]> {
  const [body, argument] = withItems(subject.body, context, items)
  const spec = { ...specOf(declared, declared.name, body, argument, subject.memory, tools.signal), ...hooks(subject, context) }
  settleConstantExports()
  return [withGetters(await measureFunction(spec, tools.phase), subject.body)]
}

export async function runCompare(declared: DeclaredCase, subject: CompareSubject, context: unknown, tools: CaseTools): Promise<Outcome[]> {
  const keys = Object.keys(subject.bodies)
  const specs = Object.entries(subject.bodies).map(([key, body]) =>
    specOf(declared, `${declared.name} ${key}`, body, context, subject.memory, tools.signal),
  )
  settleConstantExports()
  const results = await compareFunctions(specs, tools.phase)
  return results.map((result, i) => {
    const key = keys[i] ?? ''
    return { ...withGetters(result, subject.bodies[key] ?? (() => {})), key }
  })
}

/** Says which imported names the body still reads through getters of the module runner. */
export function withGetters(outcome: Outcome, body: (context: AnyContext) => unknown): Outcome {
  const names = gettersIn(body)
  if (names.length === 0) return outcome
  return { ...outcome, findings: [...outcome.findings, finding('module_getter', { accesses: names.length, exports: names.join(', ') })] }
}

/** One item is the argument itself, so that the case pays for no wrapper; several need one, and so do rest and default parameters, which do not count as declared. */
function withItems(
  body: (context: AnyContext) => unknown,
  context: unknown,
  items: readonly unknown[],
): [(context: AnyContext) => unknown, unknown] {
  if (items.length === 0) return [body, context]
  if (body.length === 1 || takesNothing(body)) return [body, items[0]]
  const call = body as unknown as (...args: readonly unknown[]) => unknown
  return [() => call(...items), undefined]
}

/** Written without a parameter, and without `arguments`. */
function takesNothing(body: (context: AnyContext) => unknown): boolean {
  const source = body.toString()
  return body.length === 0 && /^(?:async\s+)?(?:function\s*[^\s(]*\s*)?\(\s*\)/u.test(source) && !source.includes('arguments')
}

/** Hooks get the context, whatever the body gets. */
function hooks(subject: FunctionSubject, context: unknown): Partial<FunctionSpec> {
  const given = Object.entries(subject.hooks).flatMap(([name, hook]) =>
    hook ? [[name, hook as (context: unknown) => unknown] as const] : [],
  )
  return Object.fromEntries(given.map(([name, hook]) => [name, () => hook(context)]))
}
