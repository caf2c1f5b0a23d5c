import { elapsed } from '../report/format.ts'

/** What a comparison tells while it runs. */
export interface Progress {
  /** A new phase, or something to know. */
  say(text: string): void
  pairs(what: string, left: { readonly pairs: number; readonly ms: number }): void
  /** Takes a line that is rewritten off the screen. */
  end(): void
}

const plainEveryMs = 10_000

/** One line that is rewritten in a terminal; elsewhere a plain line now and then. */
export function progressTo(stream: NodeJS.WriteStream): Progress {
  let shown = false
  let last = 0
  const clear = (): void => {
    if (shown) stream.write('\r\u001B[2K')
    shown = false
  }
  return {
    say(text) {
      clear()
      stream.write(`${text}\n`)
    },
    pairs(what, { pairs, ms }) {
      const left = ms > 0 ? `, about ${elapsed(Math.max(1000, Math.round(ms / 1000) * 1000))} left` : ''
      const text = `${what}: ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} to go${left}`
      if (stream.isTTY) {
        clear()
        stream.write(` ${text}`.slice(0, (stream.columns ?? 80) - 1))
        shown = true
      } else if (Date.now() - last > plainEveryMs) {
        last = Date.now()
        stream.write(`${text}\n`)
      }
    },
    end: clear,
  }
}
