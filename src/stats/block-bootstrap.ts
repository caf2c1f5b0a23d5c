import { seededRandom } from './random.ts'

export interface BlockBootstrapOptions {
  /** @default 1000 */
  readonly resamples?: number
  /** @default 1 */
  readonly seed?: number
  /** Values that stay together, so that their dependence survives. @default n^(1/3), rounded up */
  readonly blockLength?: number
}

/**
 * The statistic on resamples made of blocks of neighbours, sorted: the moving-block bootstrap. H. R. Künsch, "The jackknife
 * and the bootstrap for general stationary observations", Annals of Statistics 17 (1989).
 */
export function blockBootstrap(
  values: readonly number[],
  statistic: (resample: readonly number[]) => number,
  options: BlockBootstrapOptions = {},
): number[] {
  const n = values.length
  if (n === 0) return []
  const length = Math.min(n, Math.max(1, options.blockLength ?? Math.ceil(n ** (1 / 3))))
  const random = seededRandom(options.seed ?? 1)
  const replicates = Array.from({ length: options.resamples ?? 1000 }, () => {
    const resample: number[] = []
    while (resample.length < n) {
      const start = Math.floor(random() * (n - length + 1))
      for (let index = start; index < start + length && resample.length < n; index++) resample.push(values[index] ?? 0)
    }
    return statistic(resample)
  })
  return replicates.sort((a, b) => a - b)
}
