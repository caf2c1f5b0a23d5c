import { PerfError } from '../model/error.ts'
import { assemble } from './assemble.ts'
import type { AssembledLoad } from './assemble.ts'
import type { Stopper } from './conduct.ts'
import type { LoadJob } from './job.ts'
import type { FromGenerator, ToGenerator } from './messages.ts'

/** The load generator: the entry of a process of its own, which ends with the one that started it. */
let load: AssembledLoad | undefined
let stopper: Stopper | undefined

process.on('disconnect', () => process.exit(0))
process.on('uncaughtException', fail)
process.on('message', (message: ToGenerator) => {
  switch (message.type) {
    case 'start':
      void start(message.job)
      break
    case 'stop':
      stopper?.stop(message.reason)
      break
    case 'verdict':
      load?.verdict(message.key, message.refusal)
      break
    case 'requests':
      load?.requests(message.user, message.specs)
      break
  }
})
// Ctrl-C reaches every process of the terminal: the caller decides what it means, and asks for what was measured.
process.on('SIGINT', () => {})
tell({ type: 'ready' })

async function start(job: LoadJob): Promise<void> {
  try {
    load = assemble(job, {
      ask: (question) => tell({ type: 'check', question }),
      order: (order) => tell({ type: 'order', order }),
      onPhase: (name) => tell({ type: 'phase', name }),
      onProgress: (progress) => tell({ type: 'progress', ...progress }),
    })
    const result = await load.run((value) => (stopper = value))
    tell({ type: 'done', result })
  } catch (error) {
    fail(error)
  }
}

/** Of an error of ours only the first line crosses: place, hint and code are written anew on the other side. */
function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof PerfError) tell({ type: 'failed', code: error.code, message: message.split('\n')[0] ?? message })
  else tell({ type: 'failed', code: undefined, message })
}

function tell(message: FromGenerator): void {
  if (process.connected) process.send?.(message)
}
