/** Options of Node with a value, as Plug'n'Play sets them; a value may stand in quotes. */
const packageOption = /(?:--require|-r|--import|--loader|--experimental-loader)[ =]("(?:[^"\\]|\\.)*"|\S+)/g

/**
 * The environment of a process of ours: without the debugger, coverage and other options of the test runner, which would slow it or take its port. Of
 * NODE_OPTIONS stays what it cannot be started without: the loader of Plug'n'Play, where packages lie in archives, and the flag by which an early
 * Node 22 reads TypeScript.
 */
export function ownProcessEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: options = '', NODE_V8_COVERAGE: _, ...rest } = env
  const loaders = [...options.matchAll(packageOption)].filter(([, value = '']) => value.includes('.pnp.')).map(([option]) => option)
  const needed = [...loaders, ...(options.includes('--experimental-strip-types') ? ['--experimental-strip-types'] : [])]
  return needed.length > 0 ? { ...rest, NODE_OPTIONS: needed.join(' ') } : rest
}
