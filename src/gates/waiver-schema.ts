import { z } from 'zod'

const text = (what: string): z.ZodString => z.string({ error: `must be ${what}` }).regex(/\S/, { error: `must be ${what}` })

/** A regression that is known, and shall not fail runs for a while. */
export const waiverSchema = z
  .strictObject({
    case: text('the id of a case').describe('Its id; `*` stands for any characters.'),
    until: z.iso.date({ error: 'must be a day such as "2026-12-31"' }).describe('The last day on which it holds.'),
    reason: text('a reason').describe('Why; every report shows it.'),
  })
  .describe('A regression that is known, and shall not fail runs for a while.')
