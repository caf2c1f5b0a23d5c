import { PerfError } from '../model/error.ts'
import type { LoadTimes } from '../model/measured.ts'
import type { Answer, EncodedRequest, Failure } from './exchange.ts'
import { firstAnswer } from './first-answer.ts'
import type { LoadJob } from './job.ts'
import type { Redactor } from '../model/redactor.ts'
import type { Target } from './target.ts'

export type Transport = Required<Pick<LoadTimes, 'transport'>> & Pick<LoadTimes, 'transport_reason'>

const mostBytes = 1024 * 1024
const onlyChunked = /\r\ntransfer-encoding:[ \t]*chunked[ \t]*(?:\r|$)/i

/**
 * Decides what sends the load. autocannon reads only what a well-behaved server answers, so one request goes out first and its answer, which
 * enters no book, is looked at.
 *
 * @throws PerfError OPTION_INVALID where the case asks for autocannon and it cannot read such an answer
 */
export async function settleTransport(
  { name, transport, timeoutMs }: LoadJob,
  target: Target,
  first: () => Promise<EncodedRequest>,
  { redactor, signal }: { readonly redactor: Redactor; readonly signal: AbortSignal },
): Promise<Transport> {
  if (transport.use === 'direct') {
    return { transport: 'direct', ...(transport.reason === undefined ? {} : { transport_reason: transport.reason }) }
  }
  const outcome = await firstAnswer(target, await first(), { timeoutMs, mostBytes, signal })
  const unfit = misfit(outcome)
  if (unfit === undefined) return { transport: 'autocannon' }
  const reason = redactor.redact(unfit)
  if (!transport.asked) return { transport: 'direct', transport_reason: reason }
  // A server that does not answer is no hindrance: every transport can count that.
  if (isSilence(outcome)) return { transport: 'autocannon' }
  throw new PerfError('OPTION_INVALID', `The case "${name}" asks for the transport "autocannon": ${reason}.`)
}

type Outcome = Answer | Failure | 'too large'

function isSilence(outcome: Outcome): boolean {
  return outcome !== 'too large' && 'kind' in outcome && outcome.kind !== 'protocol'
}

/** Why autocannon should not be trusted with answers like this one. */
function misfit(outcome: Outcome): string | undefined {
  if (outcome === 'too large') return 'the first answer has more than 1 MB of body'
  if ('kind' in outcome) {
    const what = outcome.kind === 'protocol' ? 'the first answer is broken' : 'the first request got no answer'
    return `${what}: ${outcome.message}`
  }
  const { head, bytes, bodyBytes } = outcome
  if (head.close) return 'the server closes the connection after its first answer'
  if (head.framing === 'chunked' && !onlyChunked.test(head.text)) return 'the first answer has a transfer-encoding that it does not know'
  const more = bytes - bodyBytes - head.text.length - '\r\n\r\n'.length
  if (head.framing !== 'chunked' && more > 0) return 'the server sends interim answers, which it takes for the answer'
  return undefined
}
