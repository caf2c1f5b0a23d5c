import { styleText } from 'node:util'
import type { Tone } from '../../src/report/sentences.ts'

export interface Paint {
  readonly tone: (tone: Tone, text: string) => string
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  /** A word on a coloured ground. */
  readonly badge: (tone: Tone, text: string) => string
}

type Format = Parameters<typeof styleText>[0]
const tones = { bad: 'red', good: 'green', unclear: 'yellow', quiet: 'dim' } as const satisfies Record<Tone, Format>
const grounds = { bad: 'bgRed', good: 'bgGreen', unclear: 'bgYellow', quiet: 'bgGray' } as const satisfies Record<Tone, Format>

/** Whether there is colour is decided by the caller, who knows the stream: `terminalOf`. */
export function paint(color: boolean): Paint {
  const style = (format: Format, text: string): string => (color && text.trim() ? styleText(format, text, { validateStream: false }) : text)
  return {
    tone: (tone, text) => style(tones[tone], text),
    bold: (text) => style('bold', text),
    dim: (text) => style('dim', text),
    badge: (tone, text) => (color ? style(['bold', tone === 'bad' ? 'whiteBright' : 'black', grounds[tone]], ` ${text} `) : text),
  }
}
