const AsyncFunction = (async () => undefined).constructor as new (body: string) => unknown

interface Declaration {
  readonly isConst: boolean
  readonly start: number
  readonly end: number
}

/**
 * Which of these names are bound once and for all in a module: by a `const` of its top level, or by a `class` or `function` of it that is never assigned.
 * `code` is what the module runner runs, the body of an async function. The engine itself parses it, so that names in functions, strings and comments
 * mislead nobody. What cannot be told for sure is not in the answer.
 */
export function constantBindings(code: string, names: readonly string[]): Set<string> {
  if (names.length === 0) return new Set()
  const declared = topLevelDeclarations(code, names)
  const constants = [...declared].filter(([, { isConst }]) => isConst)
  const others = [...declared].filter(([, { isConst }]) => !isConst)
  return new Set([...constants.map(([name]) => name), ...neverAssigned(code, others)])
}

function topLevelDeclarations(code: string, names: readonly string[]): Map<string, Declaration> {
  const found = new Map<string, Declaration>()
  let known = 0
  const keyword = String.raw`(?<![.\p{ID_Continue}$])(const|class|(?:async\s+)?function\s*\*?)\s*`
  for (const { index, 0: text, 1: kind, 2: name } of code.matchAll(new RegExp(keyword + mention(names), 'gu'))) {
    if (name === undefined || found.has(name) || !isProgram(code.slice(known, index))) continue
    found.set(name, { isConst: kind === 'const', start: index, end: index + text.length })
    known = index
  }
  return found
}

/** Is this a series of whole statements, so that what follows begins one too? Within a line comment it would not. */
function isProgram(code: string): boolean {
  return parses(code) && !(/\/\/.*$/u.test(code) && parses(`${code})`))
}

/**
 * Strict code may read `eval` and may neither assign nor declare it. With all mentions of a name but its declaration replaced by that, code no longer parses
 * where the name is assigned: plainly, by `++`, in a pattern, by a loop. Where another scope declares it anew, it does not parse either.
 */
function neverAssigned(code: string, declared: readonly (readonly [string, Declaration])[]): string[] {
  if (declared.length === 0) return []
  const mentions = new RegExp(mention(declared.map(([name]) => name)), 'gu')
  const kept = declared.map(([, { start, end }]) => [start, end] as const)
  const changed = code.replace(mentions, (name, _, at: number) => (kept.some(([start, end]) => start <= at && at < end) ? name : 'eval'))
  if (parses(changed)) return declared.map(([name]) => name)
  if (declared.length === 1) return []
  const half = declared.length >> 1
  return [...neverAssigned(code, declared.slice(0, half)), ...neverAssigned(code, declared.slice(half))]
}

/** One of these names, as a whole word that is no property. */
function mention(names: readonly string[]): string {
  const words = names.map((name) => name.replaceAll('$', String.raw`\$`)).join('|')
  return String.raw`(?<![\p{ID_Continue}$]|(?<!\.\.)\.)(${words})(?![\p{ID_Continue}$])`
}

function parses(code: string): boolean {
  try {
    void new AsyncFunction(`'use strict'\n${code}`)
    return true
  } catch {
    return false
  }
}
