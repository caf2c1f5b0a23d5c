const fewest = 20
/** One-sided 99.9 %: the look is repeated four times a second, and a load must not be stopped by chance. */
const z = 3.09

/**
 * Says why the load is hopeless: even the lower bound (Wilson 1927) of the failure rate is above what is allowed. Undefined where it is not.
 */
export function hopeless(failed: number, responses: number, allowedPercent: number | undefined): string | undefined {
  if (allowedPercent === undefined || responses < fewest) return undefined
  const share = failed / responses
  const spread = z * Math.sqrt((share * (1 - share)) / responses + (z * z) / (4 * responses * responses))
  const low = (share + (z * z) / (2 * responses) - spread) / (1 + (z * z) / responses)
  if (low * 100 <= allowedPercent) return undefined
  return `${failed} of ${responses} requests failed; at most ${allowedPercent} % were allowed`
}
