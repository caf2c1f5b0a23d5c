/** Numbers as whole steps of `q`, each less the one before it: small in JSON, and smaller when compressed. A gap is null. */
export interface Packed {
  readonly q: number
  readonly d: readonly (number | null)[]
}

/** `steps`: how finely the range from the lowest to the highest value is told apart. */
export function pack(values: readonly number[], steps: number): Packed {
  const known = values.filter(Number.isFinite)
  const q = stepOf(known, steps)
  let before = 0
  const d = values.map((value) => {
    if (!Number.isFinite(value)) return null
    const whole = Math.round(value / q)
    const difference = whole - before
    before = whole
    return difference
  })
  return { q, d }
}

function stepOf(values: readonly number[], steps: number): number {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const range = high - low
  // Of a single value, four digits.
  const rough = range > 0 ? range / steps : Math.abs(low) / 1e4
  return rough > 0 && Number.isFinite(rough) ? Number(rough.toPrecision(1)) : 1
}

export function unpack({ q, d }: Packed): number[] {
  let sum = 0
  return d.map((difference) => {
    if (difference === null) return Number.NaN
    sum += difference
    return sum * q
  })
}
