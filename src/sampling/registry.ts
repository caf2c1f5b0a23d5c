import { contextSwitches } from './context-switches.ts'
import { cpu } from './cpu.ts'
import { disk } from './disk.ts'
import { eventLoop } from './event-loop.ts'
import { gc } from './gc.ts'
import { handles } from './handles.ts'
import { heap } from './heap.ts'
import { memory } from './memory.ts'
import { network } from './network.ts'
import { openFiles } from './open-files.ts'
import { processTree } from './process-tree.ts'
import { proportionalMemory } from './proportional-memory.ts'
import type { Sampler } from './sampler.ts'
import { threads } from './threads.ts'

/** Every built-in sampler by the name that `unavailable` uses. Adding one is one file and one line here. */
export const samplers = {
  cpu,
  memory,
  pss: proportionalMemory,
  threads,
  processes: processTree,
  context_switches: contextSwitches,
  disk,
  open_files: openFiles,
  heap,
  gc,
  event_loop: eventLoop,
  handles,
  network,
} as const satisfies Record<string, Sampler>
