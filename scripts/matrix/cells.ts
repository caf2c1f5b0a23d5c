import type { Cell } from './cell.ts'
import { besides } from './cells-besides.ts'
import { layouts } from './cells-layouts.ts'
import { nodes } from './cells-nodes.ts'
import { types } from './cells-types.ts'

/** By the name that `--only` takes. */
export const cells: Readonly<Record<string, Cell>> = { ...nodes, ...types, ...layouts, ...besides }
