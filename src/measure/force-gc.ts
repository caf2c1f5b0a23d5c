import v8 from 'node:v8'
import vm from 'node:vm'

let known: (() => void) | undefined

/** Collects all garbage now. V8 hands its `gc` to contexts that are made while the flag is set; ours is the only one. */
export function forceGc(): void {
  known ??= exposeGc()
  known()
}

function exposeGc(): () => void {
  const exposed: unknown = Reflect.get(globalThis, 'gc')
  if (typeof exposed === 'function') return exposed as () => void
  v8.setFlagsFromString('--expose-gc')
  const gc: unknown = vm.runInNewContext('gc')
  v8.setFlagsFromString('--no-expose-gc')
  if (typeof gc !== 'function') throw new TypeError('this engine does not expose gc')
  return gc as () => void
}
