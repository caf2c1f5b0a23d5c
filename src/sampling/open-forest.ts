import type { Forest } from './forest.ts'
import { portableForest } from './portable-forest.ts'
import { procAvailable } from './proc/available.ts'
import { procForest } from './proc-forest.ts'

export function openForest(): Forest {
  return procAvailable ? procForest() : portableForest()
}
