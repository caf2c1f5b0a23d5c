import { spawn } from 'node:child_process'

export interface CommandOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
  /** The leader of the process group that was started, so that others can end it too. */
  readonly onStart?: (pid: number) => void
}

export interface CommandResult {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** The last lines of both streams. */
  readonly output: readonly string[]
}

const keptLines = 200

/** Runs a command of the user's through the shell, in a process group of its own that ends with `signal`. */
export function runCommand(command: string, { cwd, env, signal, onStart }: CommandOptions): Promise<CommandResult> {
  signal.throwIfAborted()
  const child = spawn(command, {
    cwd,
    shell: true,
    detached: process.platform !== 'win32',
    windowsHide: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) onStart?.(child.pid)
  let text = ''
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-200_000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const stop = (): void => endGroup(child.pid)
  signal.addEventListener('abort', stop, { once: true })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, killedBy) => {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) reject(signal.reason as Error)
      else resolve({ code, signal: killedBy, output: text.split('\n').filter(Boolean).slice(-keptLines) })
    })
  })
}

export function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It has ended already.
  }
}
