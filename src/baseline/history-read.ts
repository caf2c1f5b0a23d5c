import type { History, MachineHistory, OtherMachine } from './history.ts'
import type { HistoryRun, HistoryRunHead } from './history-run.ts'
import { parseHistoryLine, type HistoryLine } from './history-line.ts'
import { indexLines, textsOf, type IndexedLine } from './history-lines.ts'
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
  /** Only so many of the newest runs of a machine. */
  readonly newest?: number
}

/**
 * Reads `history.ndjson`: its heads first, then the lines that are wanted. No file is an empty history; a line that cannot be used is skipped and counted. Order in the
 * file does not matter, since a merge by union mixes it: runs are sorted by their time.
 *
 * @throws PerfError RESULTS_UNREADABLE where the file is there and cannot be read
 */
export async function readHistory(path: string, options: ReadHistoryOptions = {}): Promise<History> {
  const { lines, skipped } = await indexLines(path)
  const { chosen, duplicates, others } = choose(lines, options)
  const machines = new Map<string, Gatherer>()
  let skipped_lines = skipped
  for (const text of textsOf(path, chosen)) {
    const line = parseHistoryLine(text)
    if (!line) {
      skipped_lines++
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
    ...(options.fingerprint === undefined ? {} : { others }),
  }
}

interface Choice {
  /** In the order of the file. */
  readonly chosen: readonly IndexedLine[]
  readonly duplicates: number
  readonly others: readonly OtherMachine[]
}

function choose(lines: readonly IndexedLine[], options: ReadHistoryOptions): Choice {
  const seen = new Set<string>()
  const own = new Map<string, IndexedLine[]>()
  const others = new Map<string, OtherMachine>()
  let duplicates = 0
  for (const line of lines) {
    const { fingerprint, run, at } = line.head
    if (!wanted(line.head, options)) continue
    const key = `${fingerprint} ${run} ${at}`
    if (seen.has(key)) {
      duplicates++
      continue
    }
    seen.add(key)
    if (options.fingerprint !== undefined && fingerprint !== options.fingerprint) {
      others.set(fingerprint, oneMore(others.get(fingerprint), line.head))
      continue
    }
    const known = own.get(fingerprint)
    if (known) known.push(line)
    else own.set(fingerprint, [line])
  }
  const chosen = [...own.values()].flatMap((some) => newestOf(some, options.newest)).sort((a, b) => a.offset - b.offset)
  return { chosen, duplicates, others: newestFirst([...others.values()]) }
}

function newestOf(lines: readonly IndexedLine[], count: number | undefined): readonly IndexedLine[] {
  if (count === undefined || lines.length <= count) return lines
  return lines.toSorted((a, b) => Date.parse(a.head.at) - Date.parse(b.head.at)).slice(-count)
}

function oneMore(known: OtherMachine | undefined, { fingerprint, machine, at }: HistoryRunHead): OtherMachine {
  const newest = known && Date.parse(known.newest) > Date.parse(at) ? known.newest : at
  return { fingerprint, machine, runs: (known?.runs ?? 0) + 1, newest }
}

export function newestFirst(machines: readonly OtherMachine[]): OtherMachine[] {
  return machines.toSorted((a, b) => Date.parse(b.newest) - Date.parse(a.newest))
}

/** The runs of a file one by one, as they were added; lines that cannot be used are counted in `skipped`. */
export async function* historyRuns(path: string, skipped: { lines: number }): AsyncGenerator<HistoryRun> {
  const { lines, skipped: unusable } = await indexLines(path)
  skipped.lines += unusable
  for (const text of textsOf(path, lines)) {
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

function wanted({ branch, at, run }: HistoryRunHead, options: ReadHistoryOptions): boolean {
  if (options.until !== undefined && Date.parse(at) > Date.parse(options.until)) return false
  return options.branch === undefined || branch === null || branch === options.branch || (options.besides?.includes(run) ?? false)
}

function newest({ runs }: MachineHistory): number {
  return Date.parse(runs.at(-1)?.at ?? '') || 0
}
