import { availableParallelism, cpus, freemem, machine, totalmem } from 'node:os'
import type { Environment } from '../model/environment.ts'
import { toMegabytes } from '../model/units.ts'
import { continuousIntegration } from './continuous-integration.ts'
import { decisiveFlags, fingerprint } from './fingerprint.ts'
import { gitState } from './git-state.ts'
import { installedVersion } from './installed-version.ts'
import { operatingSystem } from './operating-system.ts'
import { controlGroup } from './proc/cgroup.ts'
import { limits } from './proc/cgroup-limits.ts'

/** The machine and the software under a run. Never throws: what cannot be found out is null, or says that it is unknown. */
export async function describeEnvironment({ root }: { readonly root: string }): Promise<Environment> {
  const [git, system] = await Promise.all([gitState(root), operatingSystem()])
  const described = {
    ...system,
    architecture: machine(),
    cpu_model: cpus()[0]?.model.trim() ?? 'unknown',
    cpu_cores: availableParallelism(),
    total_memory_mb: Math.round(toMegabytes(totalmem())),
    available_memory_mb: Math.round(toMegabytes(freemem())),
    ...limits(controlGroup()),
    node: process.version,
    v8: process.versions.v8,
  }
  return {
    fingerprint: fingerprint(described, decisiveFlags(process.execArgv, process.env['NODE_OPTIONS'])),
    ...described,
    vitest: installedVersion('vitest', root),
    vitest_perf: installedVersion('vitest-perf', import.meta.dirname),
    ci: continuousIntegration(process.env),
    ...git,
  }
}
