import { appendFile, readFile } from 'node:fs/promises'
import { z } from 'zod'
import { PerfError } from '../model/error.ts'

const acceptance = z.object({
  at: z.string(),
  reason: z.string(),
  commit: z.string().nullable(),
  fingerprint: z.string(),
  cases: z.array(z.object({ id: z.string(), metric: z.string(), from: z.exactOptional(z.number()), to: z.exactOptional(z.number()) })),
})

/** One decision, a line of `baseline-accepted.ndjson` beside the baseline: both are committed and reviewed together. */
export type Acceptance = z.infer<typeof acceptance>

/** @throws PerfError RESULTS_UNWRITABLE */
export async function appendAcceptance(path: string, one: Acceptance): Promise<void> {
  await appendFile(path, `${JSON.stringify(one)}\n`).catch((cause: Error) => {
    throw new PerfError('RESULTS_UNWRITABLE', `${path} cannot be written: ${cause.message}`, { place: { file: path }, cause })
  })
}

/** Newest last. Lines that cannot be read are nobody's decision. */
export async function readAcceptances(path: string): Promise<Acceptance[]> {
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    try {
      const read = acceptance.safeParse(JSON.parse(line))
      return read.success ? [read.data] : []
    } catch {
      return []
    }
  })
}
