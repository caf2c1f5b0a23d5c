import type { View } from '../../src/report/view.ts'
import type { Paint } from './paint.ts'
import { fit, wrap } from './width.ts'

const mostSteps = 5

/** What the earlier runs say, in few lines: how far the newest version is from the one before it, and the levels that changed lately. */
export function trendLines({ trend }: View, columns: number, paint: Paint): string[] {
  if (!trend) return []
  const { newSteps, versions, runs } = trend
  const [before, now] = versions.slice(-2)
  const since = before && now?.change ? `${now.name} ${now.change} ${now.interval} since ${before.name}` : ''
  if (newSteps.length === 0 && !since) return []
  const shown = newSteps.slice(0, mostSteps)
  const hidden = newSteps.length - shown.length
  const [first = '', ...more] = wrap([`${runs.length} runs on this machine`, since].filter(Boolean).join(' · '), columns - 8)
  return [
    '',
    ` ${paint.bold('Trend')}  ${paint.dim(first)}`,
    ...more.map((line) => `        ${paint.dim(line)}`),
    ...shown.map(({ better, tone, text, name, metric, commit, state }) => {
      const rest = [metric, commit, state === 'provisional' ? state : ''].filter(Boolean).join('  ')
      return `   ${paint.tone(tone, `${better ? '▼' : '▲'} ${text}`)}  ${fit(`${name}  ${rest}`, columns - text.length - 8)}`
    }),
    ...(hidden > 0 ? [paint.dim(`   … ${hidden} more in the reports`)] : []),
  ]
}
