import type { History } from './history.ts'
import { readHistory, type ReadHistoryOptions } from './history-read.ts'
import type { HistoryRun } from './history-run.ts'
import { appendHistory } from './history-store.ts'

/** Where runs are kept, whatever it is made of. */
export interface HistoryStore extends AsyncDisposable {
  /** Adds runs; one that is there already is not added again by a database, and counted once by a file. */
  append(runs: readonly HistoryRun[]): Promise<void>
  read(options?: ReadHistoryOptions): Promise<History>
}

/** Is it the address of a PostgreSQL database, and not a path? */
export function isDatabase(place: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(place)
}

/**
 * Opens the history at a path or at a `postgres://` address. A database keeps the runs of many projects apart by their names; a file is one
 * project's own.
 *
 * @throws PerfError HISTORY_UNAVAILABLE
 */
export async function openHistory(place: string, project: string): Promise<HistoryStore> {
  if (!isDatabase(place)) return fileHistory(place)
  // Loaded late: most projects have a file.
  const { openPostgresHistory } = await import('./history-postgres.ts')
  return openPostgresHistory(place, project)
}

function fileHistory(path: string): HistoryStore {
  return {
    append: async (runs) => {
      for (const run of runs) await appendHistory(path, run)
    },
    read: (options) => readHistory(path, options),
    [Symbol.asyncDispose]: async () => {},
  }
}
