/** Does an id stand for several? */
export const isPattern = (id: string): boolean => id.includes('*')

/** Whether an id is meant by a pattern, in which `*` stands for any characters, none included. */
export function idMatcher(pattern: string): (id: string) => boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return (id) => id === pattern
  return (id) => {
    if (!id.startsWith(first)) return false
    let from = first.length
    for (const part of rest) {
      const found = id.indexOf(part, from)
      if (found === -1) return false
      from = found + part.length
    }
    return id.length - last.length >= from && id.endsWith(last)
  }
}
