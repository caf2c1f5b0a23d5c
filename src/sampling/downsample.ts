/** A curve: points in the order of time. */
export interface Curve {
  readonly at_ms: readonly number[]
  readonly values: readonly number[]
}

/**
 * Largest-Triangle-Three-Buckets: keeps the points that the eye would miss most (S. Steinarsson, Downsampling Time Series for
 * Visual Representation, 2013). First and last point always stay.
 */
export function downsample(curve: Curve, points: number): Curve {
  const { at_ms: x, values: y } = curve
  const count = x.length
  if (count <= points || points < 3) return curve
  const at = (list: readonly number[], index: number): number => list[index] ?? 0
  const width = (count - 2) / (points - 2)
  const kept = [0]
  let previous = 0
  for (let bucket = 0; bucket < points - 2; bucket++) {
    const start = Math.floor(bucket * width) + 1
    const end = Math.floor((bucket + 1) * width) + 1
    const nextEnd = Math.min(Math.floor((bucket + 2) * width) + 1, count)
    let meanX = 0
    let meanY = 0
    for (let index = end; index < nextEnd; index++) {
      meanX += at(x, index) / (nextEnd - end)
      meanY += at(y, index) / (nextEnd - end)
    }
    let best = start
    let largest = -1
    for (let index = start; index < end; index++) {
      const area = Math.abs(
        (at(x, previous) - meanX) * (at(y, index) - at(y, previous)) - (at(x, previous) - at(x, index)) * (meanY - at(y, previous)),
      )
      if (area > largest) {
        largest = area
        best = index
      }
    }
    kept.push(best)
    previous = best
  }
  kept.push(count - 1)
  return { at_ms: kept.map((index) => at(x, index)), values: kept.map((index) => at(y, index)) }
}
