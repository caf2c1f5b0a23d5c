import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Side } from './side.ts'
import type { SideOptions } from './side-messages.ts'
import type { Tree } from './tree.ts'
import type { SideName } from './turn-order.ts'
import type { Workspace } from './workspace.ts'

export interface PlacesOptions {
  readonly workspace: Workspace
  readonly base: Tree
  readonly head: Tree
  readonly side: SideOptions
  readonly onStart: (pid: number) => void
}

/**
 * The two places and who stands at them. Base and head change places by renaming their folders. A Vitest knows its files by their paths, so
 * each side has one Vitest a place, and only the two whose places are right are asked.
 */
export class Places {
  readonly #options: PlacesOptions
  readonly #sides = new Map<string, Side>()
  #swapped = false
  #movable = process.platform !== 'win32'

  constructor(options: PlacesOptions) {
    this.#options = options
  }

  /** Whether sides can change places here. A folder that is in use cannot be renamed on Windows. */
  get movable(): boolean {
    return this.#movable
  }

  async arrange(swapped: boolean): Promise<void> {
    if (!this.#movable || swapped === this.#swapped) return
    const { a, b, folder } = this.#options.workspace
    const aside = join(folder, 'c')
    try {
      await rename(a, aside)
      await rename(b, a)
      await rename(aside, b)
      this.#swapped = swapped
    } catch (error) {
      if (!['EPERM', 'EBUSY', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      this.#movable = false
      await rename(aside, a).catch(() => {})
    }
  }

  /** The Vitest of a side at the place where it stands now; opened when first asked for. */
  async side(name: SideName): Promise<Side> {
    const { workspace, side, onStart } = this.#options
    const { project } = this.#options[name]
    const place = (name === 'base') === this.#swapped ? workspace.b : workspace.a
    const key = `${name} ${place}`
    const known = this.#sides.get(key) ?? Side.start(name, join(place, project), side, onStart)
    this.#sides.set(key, known)
    await known.opened
    return known
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#sides.values()].map((side) => side.stop()))
  }
}
