import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a comparison leaves behind when it is killed. */
export interface Estate {
  readonly folder: string
  readonly places: readonly string[]
  /** Repositories that know the places as worktrees. */
  readonly repositories: readonly string[]
}

const entry = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './janitor-process.ts' : './janitor-process.js', import.meta.url))

/** A small process beside the comparison, which clears up where the comparison no longer can: nothing in a process survives its SIGKILL. */
export class Janitor {
  readonly #child: ChildProcess

  constructor(estate: Estate) {
    // A session of its own: a signal for the terminal's group, or the end of it, is not for the one who clears up.
    this.#child = fork(entry, [], { cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] })
    this.#child.on('error', () => {})
    this.#child.send({ estate })
    this.#child.unref()
    this.#child.channel?.unref()
  }

  /** A process group that must not outlive the comparison. */
  watch(group: number): void {
    if (this.#child.connected) this.#child.send({ group })
  }

  /** All is cleared up already. */
  async dismiss(): Promise<void> {
    if (!this.#child.connected) return
    const gone = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()))
    this.#child.ref()
    this.#child.send({ done: true })
    await gone
  }
}
