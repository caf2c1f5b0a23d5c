import { assemble } from './assemble.ts'
import type { AssembledLoad } from './assemble.ts'
import type { Stopper } from './conduct.ts'
import type { LoadJob } from './job.ts'
import type { FromGenerator, ToGenerator } from './messages.ts'

/** The load generator: the entry of a process of its own, which ends with the one that started it. */
let load: AssembledLoad | undefined
let stopper: Stopper | undefined

process.on('disconnect', () => process.exit(0))
process.on('uncaughtException', (error) => tell({ type: 'failed', message: error.message }))
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
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}

function tell(message: FromGenerator): void {
  if (process.connected) process.send?.(message)
}
