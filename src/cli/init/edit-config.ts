import { type Node, childOf, listOf, nameOf } from './syntax.ts'

/** Parses JavaScript or TypeScript to an ESTree with offsets; throws where the source is neither. */
export type Parse = (source: string) => unknown

export type Edit =
  | { readonly state: 'edited'; readonly source: string }
  | { readonly state: 'present' }
  | { readonly state: 'unusual'; readonly reason: string }

const packageName = 'vitest-perf/plugin'

/**
 * A Vitest or Vite config with our plugin in it: an import and `perf()` are put in, and every other character stays as it is. A file
 * whose config is not written down as an object is left alone.
 */
export function addPlugin(source: string, parse: Parse): Edit {
  const body = bodyOf(source, parse)
  if (typeof body === 'string') return { state: 'unusual', reason: body }
  if (source.includes(packageName)) return { state: 'present' }
  const config = configObject(body)
  if (!config) return { state: 'unusual', reason: 'its config is not an object that is written there' }
  const put = insertionOf(config, source)
  if (typeof put === 'string') return { state: 'unusual', reason: put }
  const quote = /from "/.test(source) ? '"' : "'"
  const end = /^import .*;$/m.test(source) ? ';' : ''
  const line = `import { perf } from ${quote}${packageName}${quote}${end}\n`
  const lastImport = body.findLast(({ type }) => type === 'ImportDeclaration')
  const withPlugin = source.slice(0, put.at) + put.text + source.slice(put.at)
  // Imports stand before the config, so its place has not moved.
  const at = lastImport ? lineEnd(source, lastImport.end) : afterHead(source)
  return {
    state: 'edited',
    source: withPlugin.slice(0, at) + (lastImport && source[at - 1] !== '\n' ? '\n' : '') + line + withPlugin.slice(at),
  }
}

function bodyOf(source: string, parse: Parse): Node[] | string {
  try {
    return listOf(parse(source), 'body')
  } catch (error) {
    return `it cannot be parsed: ${(error as Error).message.split('\n')[0]}`
  }
}

/** The object of `export default`, behind `defineConfig(…)`, `mergeConfig(…, …)`, functions, names, `satisfies` and `as`. */
function configObject(body: readonly Node[]): Node | undefined {
  const exported = body.find(({ type }) => type === 'ExportDefaultDeclaration')
  return exported && objectIn(childOf(exported, 'declaration'), body, 10)
}

function objectIn(node: Node | undefined, body: readonly Node[], depth: number): Node | undefined {
  if (!node || depth === 0) return undefined
  const inside = (child: Node | undefined): Node | undefined => objectIn(child, body, depth - 1)
  switch (node.type) {
    case 'ObjectExpression':
      return node
    case 'CallExpression': {
      const called = nameOf(childOf(node, 'callee'))
      const wanted = called === 'defineConfig' || called === 'defineProject' ? 0 : called === 'mergeConfig' ? -1 : undefined
      return wanted === undefined ? undefined : inside(listOf(node, 'arguments').at(wanted))
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return inside(childOf(node, 'body'))
    case 'BlockStatement': {
      const statements = listOf(node, 'body')
      // Branches may return something else.
      const straight = statements.every(({ type }) => type === 'ReturnStatement' || /Declaration$|^ExpressionStatement$/.test(type))
      const first = statements.find(({ type }) => type === 'ReturnStatement')
      return straight && first ? inside(childOf(first, 'argument')) : undefined
    }
    case 'ParenthesizedExpression':
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
    case 'AwaitExpression':
      return inside(childOf(node, 'expression') ?? childOf(node, 'argument'))
    case 'Identifier':
      return inside(valueOf(nameOf(node), body))
    default:
      return undefined
  }
}

function valueOf(name: string | undefined, body: readonly Node[]): Node | undefined {
  const declared = body.filter(({ type }) => type === 'VariableDeclaration').flatMap((one) => listOf(one, 'declarations'))
  const found = declared.find((one) => nameOf(childOf(one, 'id')) === name)
  return found && childOf(found, 'init')
}

/** Where `perf()` goes: first in the list of plugins, or with a list of its own first in the object. */
function insertionOf(config: Node, source: string): { readonly at: number; readonly text: string } | string {
  const plugins = listOf(config, 'properties').find((property) => nameOf(childOf(property, 'key')) === 'plugins')
  if (plugins) {
    const list = childOf(plugins, 'value')
    if (list?.type !== 'ArrayExpression') return 'its plugins are not a list that is written there'
    const [other] = listOf(list, 'elements')
    if (!other) return { at: list.start + 1, text: 'perf()' }
    const between = source.slice(list.start + 1, other.start)
    // One plugin a line, where the others stand so.
    return { at: other.start, text: between.includes('\n') ? `perf(),\n${/[^\S\n]*$/.exec(between)?.[0] ?? ''}` : 'perf(), ' }
  }
  const [first] = listOf(config, 'properties')
  if (!first) return { at: config.start + 1, text: ' plugins: [perf()] ' }
  const before = source.slice(config.start + 1, first.start)
  // A comment may stand before the first property: our line goes above it.
  const indent = /^[^\S\n]*\n([^\S\n]*)/.exec(before)?.[1]
  return indent === undefined
    ? { at: first.start, text: 'plugins: [perf()], ' }
    : { at: config.start + 1, text: `\n${indent}plugins: [perf()],` }
}

function lineEnd(source: string, from: number): number {
  const newline = source.indexOf('\n', from)
  return newline < 0 ? source.length : newline + 1
}

/** Behind a `#!` line and comments that open the file stay where they are. */
function afterHead(source: string): number {
  return /^(#!.*\n)?/.exec(source)?.[0].length ?? 0
}
