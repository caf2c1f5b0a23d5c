import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'

/** The processes that wrote their pid into the project's `pids` file. */
export async function pidsIn(folder: string): Promise<number[]> {
  const text = await readFile(join(folder, 'pids'), 'utf8').catch(() => '')
  return text.split('\n').filter(Boolean).map(Number)
}

export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

export async function gone(pids: readonly number[], timeout = 15_000): Promise<void> {
  await expect.poll(() => pids.filter(alive), { timeout }).toEqual([])
}
