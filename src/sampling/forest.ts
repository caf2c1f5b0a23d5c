import type { Subject } from '../model/resources.ts'
import type { Milliseconds } from '../model/units.ts'
import type { ProcessReading } from './proc/process-reading.ts'

/** A process whose tree is watched, for somebody. */
export interface Root {
  readonly subject: Subject
  readonly pid: number
}

export interface Tree {
  readonly processes: readonly ProcessReading[]
  /** Counter over all processes that are or were in the tree. */
  readonly cpu_ms: Milliseconds
}

/** The process trees of one session. A process belongs to the nearest root above it, so that no figure is told twice. */
export interface Forest {
  /** From now on this process and what stands below it is a tree of its own, whether or not anybody asks for it. */
  add(root: Pick<Root, 'pid'>): void
  /** Finds the processes that were born and reads those that are known: `all`, or only the lively ones. */
  refresh(which: 'all' | 'lively'): void | Promise<void>
  tree(pid: number): Tree
  close(): void
}
