/** What a Vitest in this process changes for its own purposes, taken so that it can be put back. */
export interface ProcessState {
  restore(): void
}

/** The environment and the exit code as they are. Listeners of signals are given back by the run itself. */
export function captureProcessState(): ProcessState {
  const env = { ...process.env }
  const { exitCode } = process
  return {
    restore() {
      for (const name of Object.keys(process.env)) if (!Object.hasOwn(env, name)) delete process.env[name]
      for (const [name, value] of Object.entries(env)) if (process.env[name] !== value) process.env[name] = value
      process.exitCode = exitCode
    },
  }
}

/** As Vitest's own command line sets it, before configuration files are read: they may ask. */
export function setVitestEnvironment(): void {
  process.env['TEST'] = 'true'
  process.env['VITEST'] = 'true'
  process.env['NODE_ENV'] ??= 'test'
}
