import type { Sampler } from './sampler.ts'
import { cpu } from './cpu.ts'
import { disk } from './disk.ts'
import { memory } from './memory.ts'
import { processTree } from './process-tree.ts'
import { threads } from './threads.ts'

/** Every built-in sampler. Adding one is one file and one line here. */
export const samplers = { cpu, memory, threads, processTree, disk } as const satisfies Record<string, Sampler>
