import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { PerfError } from '../model/error.ts'
import { endGroup } from './run-command.ts'
import type { DeclaredId, FromSide, Ran, RunRequest, SideOptions, ToSide } from './side-messages.ts'

const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './side-process.ts' : './side-process.js', import.meta.url))
const keptLines = 200
const goodbyeMs = 3000

/** One side at one place, as the process that runs the comparison sees it. It answers one question at a time. */
export class Side {
  readonly #child: ChildProcess
  readonly #name: string
  opened: Promise<unknown> = Promise.resolve()
  #output = ''
  #waiting: { resolve: (message: FromSide) => void; reject: (error: Error) => void } | undefined
  #ended: Error | undefined

  private constructor(name: string, cwd: string) {
    this.#name = name
    this.#child = fork(entry, [], {
      cwd,
      // A group of its own: Ctrl-C in the terminal is for the run as a whole, which then ends its sides in order.
      detached: process.platform !== 'win32',
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: sideEnvironment(),
    })
    const keep = (chunk: Buffer): void => void (this.#output = (this.#output + chunk.toString()).slice(-100_000))
    this.#child.stdout?.on('data', keep)
    this.#child.stderr?.on('data', keep)
    this.#child.on('message', (message: FromSide) => this.#settle(message))
    this.#child.on('error', (error) => this.#end(error.message))
    // Not `close`: that waits for pipes which processes below may still hold.
    this.#child.on('exit', (code, signal) => this.#end(signal === null ? `exit code ${code}` : `signal ${signal}`))
  }

  /** Starts the process; `opened` tells when its Vitest is there. */
  static start(name: string, cwd: string, options: SideOptions, onStart: (pid: number) => void): Side {
    const side = new Side(name, cwd)
    if (side.#child.pid !== undefined) onStart(side.#child.pid)
    side.opened = side.#ask({ type: 'open', options })
    side.opened.catch(() => {})
    return side
  }

  async collect(): Promise<{ declared: readonly DeclaredId[]; errors: Ran['errors'] }> {
    const answer = await this.#ask({ type: 'collect' })
    return answer.type === 'collected' ? answer : { declared: [], errors: [] }
  }

  async run(request: RunRequest): Promise<Ran> {
    const answer = await this.#ask({ type: 'run', request })
    if (answer.type !== 'ran') throw this.#error(`answered with ${answer.type}`)
    return answer.ran
  }

  /** Ends it, whatever it does; resolves when it is gone. */
  async stop(): Promise<void> {
    if (this.#ended) return endGroup(this.#child.pid)
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()))
    const idle = this.#waiting === undefined
    if (idle && this.#child.connected) this.#child.send({ type: 'close' } satisfies ToSide)
    // Disconnected, it exits at once; its workers end with it, and servers with the workers.
    else if (this.#child.connected) this.#child.disconnect()
    const late = setTimeout(() => endGroup(this.#child.pid), goodbyeMs)
    await gone
    clearTimeout(late)
    // A worker that a body blocks does not notice that it is alone.
    endGroup(this.#child.pid)
  }

  #ask(message: ToSide): Promise<FromSide> {
    if (this.#ended) return Promise.reject(this.#ended)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#child.send(message)
    })
  }

  #settle(message: FromSide): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    if (message.type === 'failed') waiting?.reject(this.#error(`failed: ${message.message}`))
    else waiting?.resolve(message)
  }

  #end(how: string): void {
    if (this.#ended) return
    this.#ended = this.#error(`ended (${how})`)
    this.#waiting?.reject(this.#ended)
    this.#waiting = undefined
  }

  #error(what: string): PerfError {
    const output = this.#output.split('\n').filter(Boolean).slice(-keptLines)
    return new PerfError('AGAINST_SIDE_ENDED', `The process of ${this.#name} ${what}.`, { output: output.slice(-40) })
  }
}

/** Vitest's variables of a process above must not reach another Vitest. */
function sideEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VITEST|VITEST_.*|TEST|NODE_ENV)$/.test(name))
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', VITEST_SKIP_INSTALL_CHECKS: '1' }
}
