import { complexityClasses, type Complexity, type ComplexityFit } from '../model/scaling.ts'
import { nonNegativeLeastSquares } from './least-squares.ts'

export interface SizedValue {
  readonly n: number
  /** Above 0. */
  readonly value: number
}

export interface Classified {
  readonly complexity: Complexity | 'undecided'
  readonly margin: number
  readonly fits: readonly ComplexityFit[]
}

const growthOf: Readonly<Record<Complexity, (n: number) => number>> = {
  'O(1)': () => 1,
  'O(log n)': (n) => Math.log2(n),
  'O(n)': (n) => n,
  'O(n log n)': (n) => n * Math.log2(n),
  'O(n^2)': (n) => n * n,
}

/** Sizes without which no class is named: AICc of two parameters needs four points. */
export const fewestSizes = 4
/** Largest size / smallest size: over a shorter range, n^1.5 looks like n log n. */
const leastRange = 30
/** Points with which a class may have a constant part as well: one more parameter. */
const fewestForConstant = 5
/** No two sizes are measured more alike than this, so a closer fit is no better one. */
const precision = 0.01
/** A growing part that adds less than this at the largest size is no growth that anybody would act on. */
const leastGrowth = 0.2
/** Burnham & Anderson call a model "considerably less supported" from 4 to 7 on; with few points the upper end is due. */
const claimed = 6
/** A class that misses the points by more than this is not theirs, even as the best of five. */
const worstMiss = 0.08

/**
 * Which class of growth the points show. Each class is fitted with and without a constant part by least squares of relative errors, and
 * compared by Akaike's criterion corrected for small samples: N. Sugiura (1978); K. Burnham & D. Anderson, "Model selection and multimodel
 * inference" (2002), 2.4. "undecided" where there are fewer than four sizes or they span less than a factor of 30, where the second class is nearly as good, or where the best one does not fit.
 */
export function classify(points: readonly SizedValue[]): Classified {
  if (!spanEnough(points.map(({ n }) => n))) return { complexity: 'undecided', margin: 0, fits: [] }
  const fits = complexityClasses.map((complexity) => fitClass(complexity, points)).sort((a, b) => a.aicc - b.aicc)
  const [best, second] = fits
  if (!best || !second) return { complexity: 'undecided', margin: 0, fits }
  const margin = second.aicc - best.aicc
  const sure = margin >= claimed && best.rms_percent <= 100 * worstMiss
  return { complexity: sure ? best.complexity : 'undecided', margin, fits }
}

/** Whether these sizes can tell classes apart. */
export function spanEnough(sizes: readonly number[]): boolean {
  return sizes.length >= fewestSizes && Math.max(...sizes) >= leastRange * Math.min(...sizes)
}

function fitClass(complexity: Complexity, points: readonly SizedValue[]): ComplexityFit {
  const grown = points.map(({ n, value }) => growthOf[complexity](n) / value)
  const plain = fitOf(complexity, points, [grown])
  if (complexity === 'O(1)' || points.length < fewestForConstant) return plain
  const constant = points.map(({ value }) => 1 / value)
  const both = fitOf(complexity, points, [grown, constant])
  const largest = points.reduce((a, b) => (b.n > a.n ? b : a))
  const part = (both.factor * growthOf[complexity](largest.n)) / largest.value
  return both.aicc < plain.aicc && both.constant > 0 && part >= leastGrowth ? both : plain
}

/** Columns are divided by the values, so that residuals are relative errors. */
function fitOf(complexity: Complexity, points: readonly SizedValue[], columns: readonly (readonly number[])[]): ComplexityFit {
  const m = points.length
  const { coefficients, residual } = nonNegativeLeastSquares(
    columns,
    points.map(() => 1),
  )
  const parameters = columns.length + 1
  const variance = Math.max(residual / m, precision ** 2)
  const aicc = m * Math.log(variance) + 2 * parameters + (2 * parameters * (parameters + 1)) / (m - parameters - 1)
  const [factor = 0, constant = 0] = coefficients
  return { complexity, constant, factor, aicc, rms_percent: 100 * Math.sqrt(residual / m) }
}
