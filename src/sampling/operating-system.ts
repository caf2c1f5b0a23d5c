import { release } from 'node:os'
import { readProc } from './proc/read-file.ts'

export interface OperatingSystem {
  readonly os: string
  readonly os_version: string
}

const unquoted = (text: string | undefined): string | undefined => text?.replace(/^["']|["']$/g, '')

/** Name and release of the image: os-release(5) on Linux, which needs no other process; systeminformation elsewhere. */
export async function operatingSystem(): Promise<OperatingSystem> {
  const text = process.platform === 'linux' ? (readProc('/etc/os-release') ?? readProc('/usr/lib/os-release')) : undefined
  const field = (name: string): string | undefined => unquoted(new RegExp(`^${name}=(.*)$`, 'm').exec(text ?? '')?.[1])
  const name = field('NAME')
  if (name !== undefined) return { os: name, os_version: field('VERSION_ID') ?? 'rolling' }
  try {
    const { osInfo } = await import('systeminformation')
    const { distro, release } = await osInfo()
    if (distro !== '') return { os: distro, os_version: release }
  } catch {
    // The kernel's own words are left.
  }
  return { os: process.platform, os_version: release() }
}
