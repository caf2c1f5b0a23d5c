import { existsSync } from 'node:fs'

/** True where process trees can be read from /proc. */
export const procAvailable = existsSync('/proc/self/stat')

/** Why a file of /proc/<pid> cannot be had here. */
export function needsProc(file: string): string | undefined {
  return existsSync(`/proc/self/${file}`) ? undefined : `this system has no /proc/<pid>/${file}`
}
