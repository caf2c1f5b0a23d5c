import { escaped } from './charts/svg.ts'

/** Text that is HTML already. Nothing but `html` and `raw` makes it, so what is not marked is escaped. */
export interface Markup {
  readonly markup: string
}

type Part = string | number | Markup | readonly Markup[] | false | undefined

/** A template whose values are escaped, unless they are markup themselves. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = texts[0] ?? ''
  parts.forEach((part, at) => {
    markup += written(part) + (texts[at + 1] ?? '')
  })
  return { markup }
}

function written(part: Part): string {
  if (part === false || part === undefined) return ''
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** For our own SVG. */
export const raw = (markup: string): Markup => ({ markup })
