// Vitest finds the fixtures that a test wants by reading the first parameter out of the function's source text. A case has
// several functions (body, hooks, during) and a wrapper around them: the wrapper answers toString() with all their names.

/** Names that a function destructures from its parameter at `index`. */
export function fixtureNames(fn: ((...args: never[]) => unknown) | undefined, index = 0): string[] {
  if (!fn) return []
  const source = fn.toString().replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
  const parameters = /^[^(]*\(([^)]*)\)/.exec(source)?.[1]
  if (!parameters) return []
  const destructured = splitAtCommas(parameters)[index]?.trim()
  if (!destructured?.startsWith('{')) return []
  const inner = destructured.slice(1, destructured.lastIndexOf('}'))
  return splitAtCommas(inner)
    .map((part) =>
      part
        .trim()
        .replace(/[:=][\s\S]*/, '')
        .trim(),
    )
    .filter((name) => /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name))
}

/** Makes `wrapper` ask Vitest for these fixtures, as its parameter at `index`. */
export function askFor<Wrapper extends (...args: never[]) => unknown>(wrapper: Wrapper, names: readonly string[], index = 0): Wrapper {
  const parameters = [...Array.from({ length: index }, (_, i) => `_${i}`), `{ ${[...new Set(names)].join(', ')} }`].join(', ')
  Object.defineProperty(wrapper, 'toString', { value: () => `(${parameters}) => {}` })
  return wrapper
}

function splitAtCommas(text: string): string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ''
    if ('{[('.includes(char)) depth++
    else if ('}])'.includes(char)) depth--
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  parts.push(text.slice(from))
  return parts.filter((part) => part.trim() !== '')
}
