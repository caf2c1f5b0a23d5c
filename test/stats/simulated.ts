import { seededRandom } from '../../src/stats/random.ts'

/** Sources of samples whose true mean and quantiles are known. */
export interface Source {
  readonly name: string
  readonly draw: (n: number) => number[]
}

export function gaussian(random: () => number): () => number {
  // Box-Muller.
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** First-order autoregression around `mean` with variance 1. */
function autoregressive(normal: () => number, mean: number, phi: number): (n: number) => number[] {
  return (n) => {
    let state = normal()
    return Array.from({ length: n }, () => {
      state = phi * state + Math.sqrt(1 - phi * phi) * normal()
      return mean + state
    })
  }
}

export function sources(seed: number): Source[] {
  const random = seededRandom(seed)
  const normal = gaussian(random)
  const independent = (value: () => number) => (n: number) => Array.from({ length: n }, value)
  return [
    { name: 'normal', draw: independent(() => 100 + 5 * normal()) },
    { name: 'log-normal', draw: independent(() => Math.exp(0.5 * normal())) },
    { name: 'bimodal', draw: independent(() => (random() < 0.7 ? 100 : 130) + 2 * normal()) },
    { name: 'autocorrelated (0.5)', draw: autoregressive(normal, 100, 0.5) },
    { name: 'autocorrelated (0.8)', draw: autoregressive(normal, 100, 0.8) },
  ]
}
