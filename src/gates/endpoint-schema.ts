import { z } from 'zod'
import { type Duration, toMilliseconds } from '../model/units.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
const text = (what: string): z.ZodString => z.string({ error: `must be ${what}` }).min(1, { error: `must be ${what}` })
const path = 'must be a path that starts with "/"'
const status = 'must be a status from 100 to 599'
const connections = 'must be a whole number from 1 to 10000'
const rate = 'must be a number above 0 and at most 1000000 (requests per second)'
const duration = 'must be a length of time such as "5s"'

export const expectSchema = z.strictObject(
  {
    status: z
      .int({ error: status })
      .min(100, { error: status })
      .max(599, { error: status })
      .describe('Instead of any below 400.')
      .exactOptional(),
    contains: text('a text').describe('Stands in the body.').exactOptional(),
    json: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]), { error: 'must be an object of plain values' })
      .describe('Keys that the body, an object of JSON, must have with these values.')
      .exactOptional(),
  },
  { error: 'must be an object with status, contains or json' },
)

const durationSchema = z
  .union([z.string(), z.number()], { error: duration })
  .refine((value) => toMilliseconds(value as Duration) !== undefined, { error: duration }) as unknown as z.ZodType<Duration>

/** An http case that needs no code. */
export const endpointSchema = z
  .strictObject({
    name: text('a name').describe('Of the case; its id is made of it.'),
    method: z
      .enum(methods, { error: `must be one of ${methods.join(', ')}` })
      .describe('Of the request.')
      .exactOptional(),
    path: z.string({ error: path }).regex(/^\//, { error: path }).describe('Joined to the address of the server.'),
    headers: z.record(z.string(), z.string(), { error: 'must be an object of texts' }).describe('Of the request.').exactOptional(),
    body: z.unknown().describe('Of the request; an object or a list is sent as JSON.').exactOptional(),
    expect: expectSchema.describe('What a good answer is like.').exactOptional(),
    connections: z
      .int({ error: connections })
      .min(1, { error: connections })
      .max(10_000, { error: connections })
      .describe('Each sends its next request when the last one is answered.')
      .exactOptional(),
    rate: z
      .number({ error: rate })
      .positive({ error: rate })
      .max(1e6, { error: rate })
      .describe('In place of connections.')
      .exactOptional(),
    duration: durationSchema.describe('How long to load.').exactOptional(),
  })
  .refine(({ connections, rate }) => connections === undefined || rate === undefined, {
    path: ['rate'],
    error: 'cannot stand beside "connections": a load has one of the two',
  })
