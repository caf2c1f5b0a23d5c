import type { Duration, Milliseconds } from './units.ts'

/** The server under test: exactly one of `command`, `module` and `url`. It never shares a process with load or test code. */
export interface ServerOptions {
  /** Started through the shell in its own process group, with a free port in `PORT`. */
  readonly command?: string
  /** A file whose default export is served by a process of its own: fetch handler, Node listener, http.Server, fastify, express, koa or hono app. */
  readonly module?: string
  /** A server that runs already. `TERRAPHIM_SERVER_URL` wins over it. */
  readonly url?: string
  /** A path that answers 2xx or 3xx, or a pattern (`/regex/`) in the output. @default '/' with any status below 500 */
  readonly ready?: string
  /** The address the server prints, as a regular expression with one group. @default port from `PORT` */
  readonly listening?: string
  /** @default '30s'; '5s' for `url`, which runs already or does not */
  readonly readyTimeout?: Duration
  /** SIGTERM to SIGKILL. @default '5s' */
  readonly shutdownTimeout?: Duration
  /** Added to the environment of this process. @default none */
  readonly env?: Readonly<Record<string, string>>
  /** @default the project's root */
  readonly cwd?: string
}

export interface ServerExit {
  readonly code: number | null
  readonly signal: string | null
}

/** A server that answered its readiness check. */
export interface RunningServer {
  readonly url: string
  /** 0 for a server that we did not start. */
  readonly pid: number
  /** The process of ours that started it and will end it; absent for a server that we did not start. */
  readonly supervisor_pid?: number
  /** Start of the process to the first good answer; absent for a server that we did not start. */
  readonly startup_time_ms?: Milliseconds
  /** The last 200 lines of stdout and stderr. */
  output(): readonly string[]
  /** Set once the process has ended. */
  exit(): ServerExit | undefined
  /** Resolves when the process ends. */
  readonly exited: Promise<ServerExit>
  stop(): Promise<void>
}
