import { readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { failureFile } from './agent/address.ts'

function isNode(pid: number): boolean | undefined {
  try {
    return /^node(js)?\d*( \(deleted\))?$/.test(basename(readlinkSync(`/proc/${pid}/exe`)))
  } catch {
    return undefined
  }
}

function failure(folder: string, pid: number): string | undefined {
  try {
    return readFileSync(failureFile(folder, pid), 'utf8')
  } catch {
    return undefined
  }
}

/** Why no agent answers in a tree; undefined where none of its processes is Node.js, so that there is nothing to miss. */
export function attachmentFailure(folder: string, pids: readonly number[]): string | undefined {
  const told = pids.map((pid) => failure(folder, pid)).find((reason) => reason !== undefined)
  if (told !== undefined) return told
  const node = pids.find(isNode)
  if (node === undefined) return undefined
  return `process ${node} runs Node.js but has no agent: its NODE_OPTIONS were changed or it was started without them`
}
