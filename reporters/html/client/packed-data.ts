import type { CaseDetail } from '../detail/case-detail.ts'
import type { PageData } from '../page-data.ts'
import { chunkSize } from '../page-data.ts'

async function read(id: string): Promise<unknown> {
  const text = document.getElementById(id)?.textContent ?? ''
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return JSON.parse(await new Response(stream).text())
}

export const readPage = async (): Promise<PageData> => (await read('index')) as PageData

/** Chunks that were opened last, so that going through a few cases decodes each of them once. */
const kept = new Map<number, Promise<readonly CaseDetail[]>>()
const most = 6

export async function readCase(place: number): Promise<CaseDetail | undefined> {
  const chunk = Math.floor(place / chunkSize)
  const cases = kept.get(chunk) ?? (read(`chunk-${chunk}`) as Promise<readonly CaseDetail[]>)
  kept.delete(chunk)
  kept.set(chunk, cases)
  for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest)
  return (await cases)[place % chunkSize]
}
