export interface Fit {
  readonly coefficients: readonly number[]
  /** Sum of the squared residuals. */
  readonly residual: number
}

/**
 * Least squares with coefficients of 0 or more, for a handful of columns: the best of all choices of columns whose plain solution is
 * not negative. For so few, trying all is exact and simpler than Lawson and Hanson's active sets ("Solving least squares problems", 1974).
 */
export function nonNegativeLeastSquares(columns: readonly (readonly number[])[], y: readonly number[]): Fit {
  let best: Fit = { coefficients: columns.map(() => 0), residual: sumOfSquares(y) }
  for (let chosen = 1; chosen < 2 ** columns.length; chosen++) {
    const indices = [...columns.keys()].filter((index) => chosen & (1 << index))
    const solved = solve(
      indices.map((index) => columns[index] ?? []),
      y,
    )
    if (!solved || solved.some((value) => value < 0)) continue
    const coefficients = columns.map((_, index) => (indices.includes(index) ? (solved[indices.indexOf(index)] ?? 0) : 0))
    const residual = residualOf(columns, coefficients, y)
    if (residual < best.residual) best = { coefficients, residual }
  }
  return best
}

function residualOf(columns: readonly (readonly number[])[], coefficients: readonly number[], y: readonly number[]): number {
  return sumOfSquares(
    y.map((value, row) => columns.reduce((sum, column, index) => sum + (column[row] ?? 0) * (coefficients[index] ?? 0), -value)),
  )
}

/** Plain least squares by modified Gram-Schmidt, which keeps its digits where n^2 stands beside 1. `undefined` where columns depend on each other. */
function solve(columns: readonly (readonly number[])[], y: readonly number[]): number[] | undefined {
  const directions: number[][] = []
  const factors: number[][] = []
  for (const column of columns) {
    let rest = [...column]
    const row: number[] = []
    for (const direction of directions) {
      const projection = dot(direction, rest)
      row.push(projection)
      rest = rest.map((value, index) => value - projection * (direction[index] ?? 0))
    }
    const length = Math.sqrt(sumOfSquares(rest))
    if (!(length > 1e-9 * Math.sqrt(sumOfSquares(column)))) return undefined
    row.push(length)
    factors.push(row)
    directions.push(rest.map((value) => value / length))
  }
  const solution = directions.map((direction) => dot(direction, y))
  for (let index = columns.length - 1; index >= 0; index--) {
    for (let later = index + 1; later < columns.length; later++) {
      solution[index] = (solution[index] ?? 0) - (factors[later]?.[index] ?? 0) * (solution[later] ?? 0)
    }
    solution[index] = (solution[index] ?? 0) / (factors[index]?.[index] ?? 1)
  }
  return solution
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
}

function sumOfSquares(values: readonly number[]): number {
  return dot(values, values)
}
