import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { extname, join } from 'node:path'
import { ownProcessEnvironment } from '../model/own-process.ts'
import type { Answer, Request } from './messages.ts'

/** The sampling process as its parent sees it. It is kept between cases, and never keeps its parent alive. */
export interface SamplingProcess {
  send(request: Request): void
  /** The answer of a type for a session; rejects if the process ends first. */
  expect<Type extends Answer['type']>(type: Type, session: number): Promise<Extract<Answer, { type: Type }>>
  alive(): boolean
  end(): Promise<void>
}

interface Waiting {
  readonly type: Answer['type']
  readonly session: number
  resolve(answer: Answer): void
  reject(error: Error): void
}

/** A sampler of the user may be TypeScript, which Node reads by itself from 22.18 on. */
const typeFlags = process.features.typescript ? [] : ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']

export function forkSamplingProcess(): SamplingProcess {
  const path = join(import.meta.dirname, `process${extname(import.meta.filename)}`)
  const child: ChildProcess = fork(path, [], {
    execArgv: typeFlags,
    env: ownProcessEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const waiting = new Set<Waiting>()
  let stderr = ''
  let ended: Error | undefined

  const settle = (waiter: Waiting): void => {
    waiting.delete(waiter)
    if (waiting.size === 0) child.channel?.unref()
  }
  function fail(error: Error): void {
    ended = error
    for (const waiter of waiting) {
      settle(waiter)
      waiter.reject(error)
    }
  }
  child.stderr?.on('data', (text: Buffer) => {
    stderr = (stderr + text.toString()).slice(-2000)
  })
  child.on('message', (answer: Answer) => {
    for (const waiter of waiting) {
      if (waiter.session !== answer.session) continue
      if (answer.type === 'failed') waiter.reject(new Error(answer.reason))
      else if (answer.type === waiter.type) waiter.resolve(answer)
      else continue
      settle(waiter)
    }
  })
  const exited = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      fail(error)
      resolve()
    })
    child.on('exit', (code, signal) => {
      fail(new Error(`the sampling process ended (${signal ?? `exit code ${code}`})${stderr === '' ? '' : `: ${stderr.trim()}`}`))
      resolve()
    })
  })
  child.unref()
  child.channel?.unref()
  // A pipe of a child is a socket, which would keep this process alive.
  ;(child.stderr as { unref?(): void } | null)?.unref?.()

  return {
    send(request) {
      if (child.connected) child.send(request, () => {})
    },
    expect<Type extends Answer['type']>(type: Type, session: number) {
      return new Promise<Extract<Answer, { type: Type }>>((resolve, reject) => {
        if (ended) return reject(ended)
        waiting.add({ type, session, resolve: (answer) => resolve(answer as Extract<Answer, { type: Type }>), reject })
        child.channel?.ref()
      })
    },
    alive: () => ended === undefined && child.connected,
    async end() {
      if (child.connected) child.disconnect()
      child.ref()
      await exited
    },
  }
}
