// Vitest runs user modules through Vite, which turns every read of an imported name into a call of a getter: about 8 ns each on the
// machine of 2026-11-24, and far more where Vitest counts them. A benchmark of `() => add(1, 2)` would mostly measure that.
// Before a case is measured, exports that can never change are therefore made plain properties, as cheap to read as in Node.

import { constantBindings } from './constant-bindings.ts'

interface EvaluatedModule {
  readonly id: string
  readonly exports?: object
  /** Not where it still runs, or waits at its top level: what it exports may not have a value yet. */
  readonly evaluated?: boolean
  readonly meta?: { readonly code?: string }
}
interface VitestWorker {
  readonly evaluatedModules?: { readonly idToModuleMap?: ReadonlyMap<string, EvaluatedModule> }
}

const settled = new WeakSet<object>()
const stillGetters = new Set<string>()

/** Makes constant exports of all modules loaded so far plain properties. Cheap to call again: a module is looked at once. */
export function settleConstantExports(): void {
  // oxlint-disable-next-line no-underscore-dangle -- Vitest's own name
  const worker = (globalThis as { __vitest_worker__?: VitestWorker }).__vitest_worker__
  for (const { exports, evaluated, meta } of worker?.evaluatedModules?.idToModuleMap?.values() ?? []) {
    if (!exports || !evaluated || !meta?.code || settled.has(exports)) continue
    settled.add(exports)
    const constant = constantExports(meta.code)
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(exports))) {
      if (!descriptor.get) continue
      if (descriptor.configurable && constant.has(name)) {
        Object.defineProperty(exports, name, { value: descriptor.get(), enumerable: true, configurable: true, writable: true })
      } else stillGetters.add(name)
    }
    makeFast(exports)
  }
}

/** V8 keeps an object whose properties were redefined as a hash table, until it serves as a prototype. */
function makeFast(exports: object): void {
  const heir = Object.create(exports) as Record<string, unknown>
  for (let i = 0; i < 100; i++) Reflect.get(heir, 'default')
}

/** Imported names in a function's source that are still read through a getter. */
export function gettersIn(fn: (...args: never[]) => unknown): string[] {
  const reads = fn.toString().matchAll(/__vi(?:te_ssr)?_import_\d+__\.([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu)
  return [...new Set([...reads].flatMap((match) => (match[1] && stillGetters.has(match[1]) ? [match[1]] : [])))]
}

/** Names under which a module exports what can never change. */
function constantExports(code: string): Set<string> {
  const getters = /\((?:"([^"\\]+)"|'([^'\\]+)'),\s*\(\)\s*=>\s*\{\s*try\s*\{\s*return ([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*\}/gu
  const locals = [...code.matchAll(getters)].map(([, double, single, local]) => [double ?? single ?? '', local ?? ''] as const)
  const constant = constantBindings(code, [...new Set(locals.map(([, local]) => local))])
  return new Set(locals.filter(([, local]) => constant.has(local)).map(([name]) => name))
}
