import type { Point } from './scene.ts'
import { tenth } from './svg.ts'

/** The `d` of a line through shares of `width` and `height`, broken where a value is no number. */
export function pathThrough(points: readonly Point[], width: number, height: number, step = false): string {
  let d = ''
  let drawing = false
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      drawing = false
      continue
    }
    const at = tenth(x * width)
    const up = tenth(height * (1 - y))
    // A step holds its old height until the next place.
    d += drawing ? (step ? `H${at}V${up}` : `L${at} ${up}`) : `M${at} ${up}`
    drawing = true
  }
  return d
}

/** The outline of the space between two lines. */
export function areaBetween(low: readonly Point[], high: readonly Point[], width: number, height: number): string {
  const runs: [Point, Point][][] = [[]]
  low.forEach((point, index) => {
    const upper = high[index]
    if (upper && Number.isFinite(point[1]) && Number.isFinite(upper[1])) runs.at(-1)?.push([point, upper])
    else runs.push([])
  })
  return runs
    .filter((run) => run.length > 1)
    .map((run) => {
      const there = pathThrough(
        run.map(([lower]) => lower),
        width,
        height,
      )
      const back = pathThrough(run.map(([, upper]) => upper).toReversed(), width, height)
      return `${there}L${back.slice(1)}Z`
    })
    .join('')
}
