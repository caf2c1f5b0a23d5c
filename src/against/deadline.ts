import { PerfError } from '../model/error.ts'

/** Aborts when the user stops the comparison, or when its budget of time is over, whatever it does by then. */
export class Deadline {
  readonly #controller = new AbortController()
  readonly #stopped: AbortSignal
  readonly #timer: NodeJS.Timeout | undefined
  readonly #stop = (): void => this.#controller.abort(this.#stopped.reason)
  /** In milliseconds since the epoch. */
  readonly at: number | undefined
  #phase = 'starting'
  #over = false

  constructor(stopped: AbortSignal, started: number, budgetMs?: number) {
    this.#stopped = stopped
    if (stopped.aborted) this.#stop()
    else stopped.addEventListener('abort', this.#stop, { once: true })
    if (budgetMs === undefined) return
    this.at = started + budgetMs
    this.#timer = setTimeout(() => this.#end(budgetMs), Math.max(0, this.at - Date.now()))
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Did the budget end it? */
  get over(): boolean {
    return this.#over
  }

  /** What goes on now: the error names it. */
  during(phase: string): void {
    this.#phase = phase
  }

  dismiss(): void {
    clearTimeout(this.#timer)
    this.#stopped.removeEventListener('abort', this.#stop)
  }

  #end(budgetMs: number): void {
    if (this.signal.aborted) return
    this.#over = true
    const what = `The budget of ${Math.round(budgetMs / 100) / 10} s was over while ${this.#phase}, before any pair of processes was complete.`
    this.#controller.abort(new PerfError('AGAINST_BUDGET_OVER', what))
  }
}
