import { createContext, runInContext } from 'node:vm'

/** What came of a call: a value, what it threw, or that it refers to something outside itself. */
export type CallResult<T> = { readonly ok: T } | { readonly threw: string } | 'needs its surroundings'

/** Seen from inside a context that has the language's own globals and nothing else. */
const bootstrap = `(f, prepare) => (...args) => {
  try { return ['ok', f(...(prepare ? prepare(...args) : args))] }
  catch (error) {
    if (error instanceof ReferenceError && /is not defined$/.test(error.message)) return ['needs its surroundings']
    return ['threw', String((error && error.message) || error)]
  }
}`

/**
 * Re-creates a function from its source where it cannot reach what stood around it. A name it does not own throws a ReferenceError, and the
 * caller then calls it where it was written instead. Undefined where the source cannot stand alone: native or bound functions.
 *
 * @param prepare source of a function, in the same context, that makes the arguments: so that the objects are of that context too
 */
export function recreate<T>(source: string, prepare?: string): ((...args: readonly unknown[]) => CallResult<T>) | undefined {
  const context = createContext(Object.create(null) as object)
  const compiled = compile(source, context) ?? compile(`Object.values({ ${source} })[0]`, context)
  if (compiled === undefined) return undefined
  const wrap = runInContext(bootstrap, context) as (f: unknown, prepare: unknown) => (...args: unknown[]) => [string, unknown]
  const call = wrap(compiled, prepare === undefined ? undefined : runInContext(prepare, context))
  return (...args) => {
    const [state, value] = call(...args)
    if (state === 'ok') return { ok: value as T }
    return state === 'threw' ? { threw: String(value) } : 'needs its surroundings'
  }
}

function compile(source: string, context: object): unknown {
  try {
    const value: unknown = runInContext(`(${source})`, context)
    return typeof value === 'function' ? value : undefined
  } catch {
    return undefined
  }
}
