import { asciiText } from './ascii.ts'
import { showsUnicode } from './unicode.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What an output can show. */
export interface Terminal {
  readonly columns: number
  readonly color: boolean
  readonly unicode: boolean
}

/** The width of an output that has none: a file, a pipe, the log of a CI machine. */
const usual = 80

/**
 * NO_COLOR takes colours away from all (https://no-color.org: set, and not empty); FORCE_COLOR gives them to what is no terminal, and `0` or
 * `false` takes them away; else a terminal has them that is not a dumb one.
 */
export function terminalOf(
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
  env: Environment,
  withoutWidth: number = usual,
): Terminal {
  return { columns: columns || withoutWidth, color: hasColor(Boolean(isTTY), env), unicode: showsUnicode(env) }
}

function hasColor(isTTY: boolean, { NO_COLOR, FORCE_COLOR, TERM }: Environment): boolean {
  if (NO_COLOR) return false
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return isTTY && TERM !== 'dumb'
}

/** A line as this terminal can show it. */
export const shownIn = (text: string, env: Environment): string => (showsUnicode(env) ? text : asciiText(text))
