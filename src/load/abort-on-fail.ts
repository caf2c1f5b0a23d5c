import { wilson } from '../stats/wilson.ts'

const fewest = 20
/** One-sided 99.9 %: the look is repeated four times a second, and a load must not be stopped by chance. */
const confidence = 0.998

/** Says why the load is hopeless: even the lower bound of the failure rate is above what is allowed. Undefined where it is not. */
export function hopeless(failed: number, responses: number, allowedPercent: number | undefined): string | undefined {
  if (allowedPercent === undefined || responses < fewest) return undefined
  if (wilson(failed, responses, confidence).low <= allowedPercent) return undefined
  return `${failed} of ${responses} requests failed; at most ${allowedPercent} % were allowed`
}
