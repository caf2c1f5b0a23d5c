import { metricDefinition } from '../model/metric-catalogue.ts'
import type { SummarisedCase } from '../model/run.ts'

const unitWords: Readonly<Record<string, string>> = { '1/s': '/s', count: '', ratio: '', n: '' }

export function unitOf(name: string, measured: SummarisedCase): string {
  const own = Object.hasOwn(measured.own_metrics, name) ? measured.own_metrics[name] : undefined
  return own?.unit ?? unitOfName(name)
}

/** Comparisons name times that no metric of the catalogue holds, such as the lower decile. */
export function unitOfName(name: string): string {
  return metricDefinition(name)?.unit ?? (name.includes('time_ms') ? 'ms' : '')
}

/** A number as a message writes it: as few digits as tell it from `beside`, four or more. */
export function digits(value: number, beside?: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'unbounded' : '-unbounded'
  for (let precision = 4; precision < 17; precision++) {
    const text = short(value, precision)
    if (beside === undefined || value === beside || text !== short(beside, precision)) return text
  }
  return String(value)
}

function short(value: number, precision: number): string {
  const whole = Math.abs(value) >= 10 ** (precision - 1) && Math.abs(value) < 1e15
  return whole ? String(Number(value.toFixed(Math.max(0, precision - 4)))) : String(Number(value.toPrecision(precision)))
}

/** `1.23 ms`, `99 %`, `512 /s`. */
export function figure(value: number, unit: string, beside?: number): string {
  const word = unitWords[unit] ?? unit
  return word === '' ? digits(value, beside) : `${digits(value, beside)} ${word}`
}
