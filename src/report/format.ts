/** Every number in every report is written here. A value that is no number is written as a dash, never as 0. */
export const none = '–'

const cache = new Map<string, Intl.NumberFormat>()
function fixed(decimals: number): Intl.NumberFormat {
  const key = String(decimals)
  const known = cache.get(key) ?? new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  cache.set(key, known)
  return known
}

// A formatter of Intl costs several times as much, and below a thousand adds nothing but its rounding: 1.005 is a little less than it reads, and is
// rounded as it reads.
function digitsOf(value: number, decimals: number): string {
  if (!(Math.abs(value) < 999)) return fixed(decimals).format(value)
  const scale = 10 ** decimals
  const rounded = Math.round(Number((Math.abs(value) * scale).toPrecision(15))) / scale
  return `${value < 0 ? '-' : ''}${rounded.toFixed(decimals)}`
}

// U+2212: as wide as a plus, and not taken for a hyphen.
const minus = (text: string): string => text.replace('-', '−')

function decimalsFor(value: number, digits: number): number {
  if (value === 0) return 0
  return Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)))))
}

/** Three significant digits without trailing zeros; whole numbers above 1,000 keep all their digits. */
export function number(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return none
  const text = digitsOf(value, decimalsFor(value, digits))
  return minus(text.includes('.') ? text.replace(/\.?0+$/, '') : text)
}

export function integer(value: number): string {
  return Number.isFinite(value) ? minus(digitsOf(value, 0)) : none
}

interface Step {
  readonly from: number
  readonly divisor: number
  readonly unit: string
}
const step = (from: number, unit: string): Step => ({ from, divisor: from, unit })

// The limits lie half a digit below the step, so that 999.9996 µs is written as 1 ms.
const timeSteps = [step(1000, 's'), step(1, 'ms'), step(1e-3, 'µs'), step(1e-6, 'ns')]
const byteSteps = [step(1024 ** 3, 'GB'), step(1024 ** 2, 'MB'), step(1024, 'kB'), step(1, 'B')]
const ladders: Readonly<Record<string, { readonly steps: readonly Step[]; readonly scale: number; readonly suffix: string }>> = {
  ms: { steps: timeSteps, scale: 1, suffix: '' },
  ns: { steps: timeSteps, scale: 1e-6, suffix: '' },
  B: { steps: byteSteps, scale: 1, suffix: '' },
  MB: { steps: byteSteps, scale: 1024 ** 2, suffix: '' },
  'B/s': { steps: byteSteps, scale: 1, suffix: '/s' },
  '1/s': { steps: [step(1e9, 'G'), step(1e6, 'M'), { from: 0, divisor: 1, unit: '' }], scale: 1, suffix: '/s' },
  'MB/min': { steps: byteSteps, scale: 1024 ** 2, suffix: '/min' },
}

function stepOf(steps: readonly Step[], value: number): Step {
  const size = Math.abs(value) * 1.0005
  return steps.find(({ from }) => size >= from) ?? (steps.at(-1) as Step)
}

const spaced = (unit: string): string => (unit === '' ? '' : ` ${unit}`)

const suffixes: Readonly<Record<string, string>> = { '%': ' %', count: '', ratio: '', n: '' }
const suffixOf = (unit: string): string => (Object.hasOwn(suffixes, unit) ? suffixes[unit] : undefined) ?? spaced(unit)

/** A value of a metric with its unit: `1.23 ms`, `12,345/s`, `56 MB`, `99.9 %`. */
export function quantity(value: number, unit: string): string {
  if (!Number.isFinite(value)) return none
  const ladder = Object.hasOwn(ladders, unit) ? ladders[unit] : undefined
  if (!ladder) return `${unit === '%' ? percentDigits(value) : number(value)}${suffixOf(unit)}`
  const { divisor, unit: written } = stepOf(ladder.steps, (value || 1) * ladder.scale)
  return `${number((value * ladder.scale) / divisor)}${spaced(written)}${ladder.suffix}`
}

// 99.95 % must not be written as 100 %: the last failures are the ones that matter.
function percentDigits(value: number): string {
  if (value > 99 && value < 100) return minus(fixed(value > 99.99 ? 4 : 2).format(Math.floor(value * 1e4) / 1e4))
  return number(value)
}

/** Two values of one unit: `1.20 – 1.26 ms`. */
export function range(low: number, high: number, unit: string): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return none
  const ladder = Object.hasOwn(ladders, unit) ? ladders[unit] : undefined
  const { divisor, unit: written } = ladder
    ? stepOf(ladder.steps, Math.max(Math.abs(low), Math.abs(high)) * ladder.scale)
    : { divisor: 1, unit: '' }
  const scaled = [low, high].map((value) => (value * (ladder?.scale ?? 1)) / divisor)
  const [from, to] = apart(scaled, decimalsFor(Math.max(...scaled.map(Math.abs)), 3))
  return `${from} – ${to}${ladder ? `${spaced(written)}${ladder.suffix}` : suffixOf(unit)}`
}

// Two different bounds must not read the same: 99.97 and 100 are not both 100.
function apart(values: readonly number[], decimals: number): string[] {
  const texts = values.map((value) => minus(digitsOf(value, decimals)))
  return texts[0] === texts[1] && values[0] !== values[1] && decimals < 6 ? apart(values, decimals + 1) : texts
}

/** How far the interval reaches to its wider side, in percent of the value: `±2.4 %`. */
export function spread(point: number, low: number, high: number): string {
  const wide = (Math.max(high - point, point - low) / Math.abs(point)) * 100
  return Number.isFinite(wide) ? `±${wide < 0.1 ? '0.1' : number(wide, 2)} %` : ''
}

const sign = (text: string): string => (text.startsWith('−') || text === '0.0' ? text : `+${text}`)

/** `+4.2 %`, `−11.3 %`; above 1,000 % as a factor would be: `+1,234 %`. */
export function change(percent: number): string {
  if (!Number.isFinite(percent)) return none
  return `${changeDigits(percent)} %`
}
function changeDigits(percent: number): string {
  const text = minus(digitsOf(percent, Math.abs(percent) >= 100 ? 0 : 1))
  return sign(text === '−0.0' ? '0.0' : text)
}

/** `[−1.1, +9.6]`, percent. */
export function changeRange(low: number, high: number): string {
  return `[${changeDigits(low)}, ${changeDigits(high)}]`
}

/** `2026-10-05 21:14:00 UTC` */
export function moment(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** How long something took: `850 ms`, `31.2 s`, `2 min 5 s`. */
export function elapsed(ms: number): string {
  if (!Number.isFinite(ms)) return none
  if (ms < 60_000) return quantity(ms, 'ms')
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `1 case`, `2 cases`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${integer(count)} ${count === 1 ? one : many}`
}
