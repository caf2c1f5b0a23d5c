import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const acceptance = z.object({
  at: z.string(),
  reason: z.string(),
  commit: z.string().nullable(),
  fingerprint: z.string(),
  cases: z.array(z.object({ id: z.string(), metric: z.string(), from: z.exactOptional(z.number()), to: z.exactOptional(z.number()) })),
})

/** One decision as earlier versions kept it: a line of `baseline-accepted.ndjson` beside the baseline. */
export type Acceptance = z.infer<typeof acceptance>

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
