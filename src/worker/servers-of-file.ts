import { Servers } from './servers.ts'

/** The servers of the file that runs now: cases use them, suites end them, and sampling tells them from the worker. */
let ofThisFile: Servers | undefined

export function serversOfFile(): Servers | undefined {
  return ofThisFile
}

export function openServersOfFile(): Servers {
  ofThisFile = new Servers()
  return ofThisFile
}

export async function endServersOfFile(): Promise<void> {
  const ending = ofThisFile
  ofThisFile = undefined
  await ending?.stopAll()
}

export async function stopServerOf(suite: object): Promise<void> {
  await ofThisFile?.stop(suite)
}
