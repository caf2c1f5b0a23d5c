import { createReadStream } from 'node:fs'
import { PerfError } from '../model/error.ts'
import type { History, MachineHistory, OtherMachine } from './history.ts'
import type { HistoryRun } from './history-run.ts'
import { parseHistoryLine, type HistoryLine } from './history-line.ts'
import { machineGatherer, type Gatherer } from './history-series.ts'

export interface ReadHistoryOptions {
  /** Only this machine's runs. */
  readonly fingerprint?: string
  /** Only runs that began at this time or before it, ISO 8601. */
  readonly until?: string
  /** Only runs of this branch, and those that name none. */
  readonly branch?: string
  /** Runs of another branch that are wanted all the same, by their names. */
  readonly besides?: readonly string[]
  /** Only these metrics. */
  readonly metrics?: readonly string[]
  /** Only so many of the newest runs of a machine are needed. A database reads no more; a file is read as a whole. */
  readonly newest?: number
}

/**
 * Reads `history.ndjson` line by line. No file is an empty history; a line that cannot be used is skipped and counted. Order in the file
 * does not matter, since a merge by union mixes it: runs are sorted by their time.
 *
 * @throws PerfError RESULTS_UNREADABLE where the file is there and cannot be read
 */
export async function readHistory(path: string, options: ReadHistoryOptions = {}): Promise<History> {
  const seen = new Set<string>()
  const machines = new Map<string, Gatherer>()
  const others = new Map<string, OtherMachine>()
  let skipped_lines = 0
  let duplicates = 0
  for await (const text of textLines(path)) {
    const line = parseHistoryLine(text)
    if (!line) {
      skipped_lines++
      continue
    }
    if (!wanted(line, options)) continue
    const key = `${line.fingerprint} ${line.run} ${line.at}`
    if (seen.has(key)) {
      duplicates++
      continue
    }
    seen.add(key)
    const { fingerprint } = options
    if (fingerprint !== undefined && line.fingerprint !== fingerprint) {
      others.set(line.fingerprint, oneMore(others.get(line.fingerprint), line))
      continue
    }
    const machine = machines.get(line.fingerprint) ?? machineGatherer(line)
    machines.set(line.fingerprint, machine)
    const { metrics } = options
    const fits = machine.add(metrics ? { ...line, columns: line.columns.filter(({ metric }) => metrics.includes(metric)) } : line)
    if (!fits) skipped_lines++
  }
  const histories = [...machines.values()].map((machine) => machine.finish())
  return {
    machines: histories.filter(({ runs }) => runs.length > 0).sort((a, b) => newest(b) - newest(a)),
    skipped_lines,
    duplicates,
    ...(options.fingerprint === undefined ? {} : { others: newestFirst([...others.values()]) }),
  }
}

function oneMore(known: OtherMachine | undefined, { fingerprint, machine, at }: HistoryLine): OtherMachine {
  const newest = known && Date.parse(known.newest) > Date.parse(at) ? known.newest : at
  return { fingerprint, machine, runs: (known?.runs ?? 0) + 1, newest }
}

export function newestFirst(machines: readonly OtherMachine[]): OtherMachine[] {
  return machines.toSorted((a, b) => Date.parse(b.newest) - Date.parse(a.newest))
}

/** The runs of a file one by one, as they were added; lines that cannot be used are counted in `skipped`. */
export async function* historyRuns(path: string, skipped: { lines: number }): AsyncGenerator<HistoryRun> {
  for await (const text of textLines(path)) {
    const line = parseHistoryLine(text)
    if (line && line.columns.every(({ ids, values }) => ids.split(' ').length === values.length)) yield runOfLine(line)
    else skipped.lines++
  }
}

function runOfLine({ columns, ...head }: HistoryLine): HistoryRun {
  return {
    ...head,
    values: columns.flatMap(({ ids, values, metric, unit, better }) => {
      const cases = ids.split(' ')
      return values.map((value, at) => ({ case: cases[at] ?? '', metric, value, unit, better }))
    }),
  }
}

function wanted({ branch, at, run }: HistoryLine, options: ReadHistoryOptions): boolean {
  if (options.until !== undefined && Date.parse(at) > Date.parse(options.until)) return false
  return options.branch === undefined || branch === null || branch === options.branch || (options.besides?.includes(run) ?? false)
}

function newest({ runs }: MachineHistory): number {
  return Date.parse(runs.at(-1)?.at ?? '') || 0
}

/** Lines that are not empty. Bytes are cut at line ends first, so that no character is split. */
async function* textLines(path: string): AsyncGenerator<string> {
  let rest: Buffer[] = []
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      let start = 0
      for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
        const piece = chunk.subarray(start, end)
        const text = (rest.length === 0 ? piece : Buffer.concat([...rest, piece])).toString('utf8')
        rest = []
        start = end + 1
        if (text.trim() !== '') yield text
      }
      if (start < chunk.length) rest.push(chunk.subarray(start))
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new PerfError('RESULTS_UNREADABLE', `The history ${path} could not be read: ${reason}.`, { place: { file: path }, cause })
  }
  const last = Buffer.concat(rest).toString('utf8')
  if (last.trim() !== '') yield last
}

const newline = 0x0a
