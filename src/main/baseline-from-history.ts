import type { BaselineReading } from '../baseline/baseline.ts'
import { baselineOfHistory, searched } from '../baseline/history-baseline.ts'
import { openHistory } from '../baseline/history-place.ts'
import { finding } from '../model/finding.ts'
import { mainBranch } from './main-branch.ts'
import { projectName } from './project-name.ts'

/** Stands for the place, which may be an address with a password. */
const named = 'history'

/** The earlier runs of the main branch as a baseline. A history that cannot be read is a baseline that cannot be used. */
export async function baselineFromHistory(place: string, root: string): Promise<BaselineReading> {
  const [branch, project] = await Promise.all([mainBranch(root), projectName(root)])
  try {
    await using history = await openHistory(place, project)
    const read = await history.read({ newest: searched, ...(branch === undefined ? {} : { branch }) })
    return { state: 'usable', baseline: baselineOfHistory(read, named), findings: [] }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { state: 'unusable', path: named, findings: [finding('baseline_unusable', { path: named, reason })] }
  }
}
