/** As much of an ESTree node as we need: what is read of it is asked for by name and checked. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
}

const field = (node: unknown, name: string): unknown => (node as Readonly<Record<string, unknown>>)[name]

export function childOf(node: unknown, name: string): Node | undefined {
  const child = field(node, name)
  return isNode(child) ? child : undefined
}

export function listOf(node: unknown, name: string): Node[] {
  const list = field(node, name)
  return Array.isArray(list) ? list.filter(isNode) : []
}

/** The name of an identifier, or the text of a string that stands for one. */
export function nameOf(node: Node | undefined): string | undefined {
  if (!node) return undefined
  const name = node.type === 'Identifier' ? field(node, 'name') : node.type === 'Literal' ? field(node, 'value') : undefined
  return typeof name === 'string' ? name : undefined
}
