import { shownIn } from '../../reporters/terminal/terminal-of.ts'

/** What a comparison tells while it runs. */
export interface Progress {
  /** A new phase, or something to know. */
  say(text: string): void
  /** What goes on now and takes a while: in a terminal alone. */
  now(text: string): void
  pairs(what: string, left: { readonly pairs: number; readonly ms: number }): void
  /** Takes a line that is rewritten off the screen. */
  end(): void
}

const plainEveryMs = 10_000

/** One line that is rewritten in a terminal; elsewhere a plain line now and then. */
export function progressTo(stream: NodeJS.WriteStream): Progress {
  let shown = false
  let last = 0
  let phase = ''
  const rewrite = (text: string): void => {
    clear()
    stream.write(shownIn(` ${text}`, process.env).slice(0, (stream.columns ?? 80) - 1))
    shown = true
  }
  const clear = (): void => {
    if (shown) stream.write('\r\u001B[2K')
    shown = false
  }
  return {
    say(text) {
      clear()
      stream.write(`${shownIn(text, process.env)}\n`)
    },
    now(text) {
      if (stream.isTTY) rewrite(`${text} …`)
    },
    pairs(what, { pairs, ms }) {
      const left = ms > 0 ? `, about ${roughly(ms)} left` : ''
      const text = `${what}: ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} to go${left}`
      if (stream.isTTY) {
        rewrite(text)
      } else if (what !== phase || Date.now() - last > plainEveryMs) {
        last = Date.now()
        stream.write(`${shownIn(text, process.env)}\n`)
      }
      phase = what
    },
    end: clear,
  }
}

/** Seconds, and above two minutes whole minutes: an estimate is not better than that. */
function roughly(ms: number): string {
  const [unit, name] = ms > 120_000 ? [60_000, 'min'] : [1000, 's']
  return `${Math.max(1, Math.round(ms / unit))} ${name}`
}
