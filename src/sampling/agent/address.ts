import { basename, join } from 'node:path'

/** The variable that tells the agent where its channel is. */
export const channelVariable = 'VITEST_PERF_AGENT'

/** Where the agent of a process listens: a Unix socket in the folder of the channel, a named pipe on Windows. */
export function agentAddress(folder: string, pid: number): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\${basename(folder)}-${pid}` : join(folder, `${pid}.sock`)
}

/** Where an agent that could not start leaves its reason. */
export function failureFile(folder: string, pid: number): string {
  return join(folder, `${pid}.failed`)
}
