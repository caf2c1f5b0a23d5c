import { dirname, join } from 'node:path'
import { newest, type RecordedEnvironment } from '../baseline/baseline.ts'
import { readBaseline } from '../baseline/read.ts'
import { PerfError } from '../model/error.ts'
import { metricDefinition } from '../model/metric-catalogue.ts'
import { counted, quantity } from '../report/format.ts'
import { plain } from '../report/plain-text.ts'
import { readAcceptances } from './acceptances.ts'

const decisions = 5

/** A baseline in words: machines, cases with their newest value, and the last decisions. @throws PerfError BASELINE_UNREADABLE */
export async function baselineText(path: string): Promise<string> {
  const reading = await readBaseline(path, { required: true })
  if (reading.state !== 'usable') {
    const [found] = reading.findings
    const reason = found?.code === 'baseline_unusable' ? found.facts.reason : 'it cannot be used'
    throw new PerfError('BASELINE_UNREADABLE', `${path} cannot be shown: ${reason}.`, { place: { file: path } })
  }
  const accepted = await readAcceptances(join(dirname(path), 'baseline-accepted.ndjson'))
  const old = accepted.flatMap(({ at, reason, commit, cases }) => cases.map(({ id }) => ({ id, at, reason, commit })))
  const own = reading.baseline.environments.flatMap((one) => Object.entries(one.accepted ?? {}).map(([id, why]) => ({ id, ...why })))
  const told = [...old, ...own]
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .slice(-decisions)
    .map(
      ({ id, at, reason, commit }) =>
        `  ${at.slice(0, 10)}  ${[plain(id), commit?.slice(0, 7)].filter(Boolean).join(' ')}: ${plain(reason)}`,
    )
  const lines = [...reading.baseline.environments.flatMap(environmentLines), ...(told.length > 0 ? ['Accepted', ...told, ''] : [])]
  return `${lines.join('\n')}\n`
}

function environmentLines(environment: RecordedEnvironment): string[] {
  const { fingerprint, machine, cases } = environment
  const who = [
    machine.cpu_model,
    machine.cpu_cores && counted(machine.cpu_cores, 'core'),
    machine.os,
    machine.node && `Node ${machine.node}`,
  ]
  const day = newest(environment)?.slice(0, 10) ?? 'unknown date'
  const rows = Object.entries(cases).flatMap(([id, metrics]) =>
    Object.entries(metrics).map(([metric, values]) => {
      const last = values.at(-1)
      const value = last ? quantity(last.value, metricDefinition(metric)?.unit ?? (/_ms(_|$)/.test(metric) ? 'ms' : 'n')) : ''
      return [
        plain(id, 40),
        plain(metric, 30),
        value,
        counted(values.length, 'run'),
        last?.at?.slice(0, 10) ?? '',
        last?.commit?.slice(0, 7) ?? '',
      ]
    }),
  )
  return [
    `${plain(who.filter(Boolean).join(', ') || 'A machine that the file does not name')}  (${fingerprint ?? 'no fingerprint'}, ${day})`,
    ...aligned(rows).map((line) => `  ${line}`),
    '',
  ]
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
