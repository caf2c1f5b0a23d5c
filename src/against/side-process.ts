// The process of one side at one place: it keeps one Vitest alive, whose workers are the fresh processes of the comparison.
import '../model/vitest-augmentation.ts'
import type { FromSide, ToSide } from './side-messages.ts'
import { SideVitest } from './side-vitest.ts'

let vitest: Promise<SideVitest> | undefined

async function answer(message: ToSide): Promise<FromSide> {
  if (message.type === 'open') {
    vitest = SideVitest.open(message.options)
    await vitest
    return { type: 'opened' }
  }
  const open = await vitest
  if (!open) throw new Error('The side was asked to work before it was opened.')
  switch (message.type) {
    case 'collect':
      return { type: 'collected', ...(await open.collect()) }
    case 'run':
      return { type: 'ran', ran: await open.run(message.request) }
    case 'close':
      await open.close()
      process.exit(0)
  }
}

async function reply(message: ToSide): Promise<void> {
  const answered = await answer(message).catch((error: unknown): FromSide => ({
    type: 'failed',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }))
  process.send?.(answered)
}

process.on('message', (message: ToSide) => void reply(message))
// Whoever started the comparison is gone: workers end with this process, and servers with the workers.
process.on('disconnect', () => process.exit(1))
