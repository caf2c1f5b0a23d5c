// Outlives the comparison by a moment: where that was killed before it could clear up, this does it.
import { setTimeout as wait } from 'node:timers/promises'
import type { Estate } from './janitor.ts'
import { endGroup } from './run-command.ts'
import { removeFolder } from './workspace.ts'
import { forgetWorktrees } from './worktree.ts'

let estate: Estate | undefined
const groups = new Set<number>()

process.on('message', (message: { readonly estate?: Estate; readonly group?: number; readonly done?: true }) => {
  if (message.estate) estate = message.estate
  if (message.group !== undefined) groups.add(message.group)
  if (message.done) process.exit(0)
})
process.on('disconnect', () => void clearUp().finally(() => process.exit(0)))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

/** Sides end by themselves when they lose their parent, and then their servers do: they get a moment for it. */
async function clearUp(): Promise<void> {
  await wait(1000)
  for (const pid of groups) endGroup(pid)
  if (!estate) return
  await removeFolder(estate.folder)
  for (const repository of estate.repositories) await forgetWorktrees(repository, estate.places)
}
