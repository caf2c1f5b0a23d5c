import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PerfError } from '../model/error.ts'
import { finding, type Finding } from '../model/finding.ts'
import type { ReportedLoad } from '../model/measured.ts'
import { mask, withoutSecretLines } from '../model/secrets.ts'
import type { ArtilleryLoad } from './artillery-load.ts'
import { commandLine, dotenvText } from './command-line.ts'
import { findArtillery } from './installation.ts'
import { readReport } from './read-report.ts'
import { artilleryScript } from './script.ts'

export interface ArtilleryPorts {
  /** Folder that Artillery is looked for in. */
  readonly root: string
  readonly signal: AbortSignal
  readonly onProcess: (pid: number) => void
  /** Artillery takes seconds to start, workers in a cloud minutes: they are no part of the measured phase. */
  readonly onPhase: (name: string) => void
}

/**
 * A module that Artillery loads first: it ends with its parent, for an orphan would go on loading, and takes the folder along, which may hold secrets for workers. (Its
 * worker threads load it too, and have no channel.)
 */
function endsWithParent(folder: string): string {
  const code = `import{rmSync}from'node:fs'
process.once('disconnect',()=>{rmSync(${JSON.stringify(folder)},{recursive:true,force:true});process.kill(process.pid,'SIGINT')})
process.channel?.unref()`
  return `data:text/javascript,${encodeURIComponent(code)}`
}

const keptLines = 20
/** Of an interrupted run, to take its cloud workers down. */
const patienceMs = { local: 3_000, fargate: 120_000, lambda: 120_000, aci: 120_000 } as const

/**
 * Has Artillery send a load and report it. Script and report are in a folder that only this user can read and that is removed afterwards.
 *
 * @throws PerfError OPTION_INVALID, ARTILLERY_MISSING, ARTILLERY_FAILED
 */
export async function runArtillery(
  load: ArtilleryLoad,
  ports: ArtilleryPorts,
): Promise<{ measurement: ReportedLoad; findings: readonly Finding[] }> {
  const { script, environment } = artilleryScript(load)
  const { platform, workers, installation } = load.distributed
  const { program, version } = findArtillery(ports.root, installation)
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-artillery-'))
  try {
    const files = { script: join(folder, 'load.json'), report: join(folder, 'report.json') }
    await writeFile(files.script, JSON.stringify(script), { mode: 0o600 })
    const remote = platform !== 'local' && Object.keys(environment).length > 0
    const dotenv = join(folder, 'workers.env')
    if (remote) await writeFile(dotenv, dotenvText(environment), { mode: 0o600 })
    const words = commandLine(load.distributed, remote ? { ...files, dotenv } : files)
    const how = { folder, secrets: remote ? {} : environment, patience: patienceMs[platform], stages: load.stages.length }
    const { code, output } = await ended(program, words, how, ports)
    const clean = (): string[] => output.map((line) => withoutValues(line, Object.values(environment)))
    const text = await readFile(files.report, 'utf8').catch((cause: unknown) => failed(load, 'wrote no report', clean(), cause))
    // It writes a report also where workers of it died, as if the rest were the whole.
    if (code !== 0) {
      const how = code === null ? 'by a signal' : `with code ${code}`
      return failed(load, `ended ${how}, so what it reports may be a part of the load`, clean(), undefined)
    }
    try {
      const measurement = readReport(text, load, version)
      return { measurement, findings: [finding('reported_by_artillery', { version, platform, workers })] }
    } catch (cause) {
      return failed(load, 'wrote a report that cannot be read', clean(), cause)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Its exit code, null where a signal ended it, and the last lines of its output. */
async function ended(
  program: string,
  words: readonly string[],
  {
    folder,
    secrets,
    patience,
    stages,
  }: {
    readonly folder: string
    readonly secrets: Readonly<Record<string, string>>
    readonly patience: number
    readonly stages: number
  },
  { signal, onProcess, onPhase }: ArtilleryPorts,
): Promise<{ readonly code: number | null; readonly output: readonly string[] }> {
  signal.throwIfAborted()
  const child = fork(program, words, {
    execArgv: ['--import', endsWithParent(folder)],
    env: { ARTILLERY_DISABLE_TELEMETRY: 'true', ...process.env, ...secrets },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const lines: string[] = []
  const keep = (line: string): void => {
    if (/^Phase started: .*\(index: 0[,)]/.test(line)) onPhase('measure')
    if (line.startsWith('Phase completed: ') && line.includes(`(index: ${stages - 1},`)) onPhase('done')
    if (line.trim() !== '') lines.push(line)
    lines.splice(0, lines.length - keptLines)
  }
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', keep)
  let last: NodeJS.Timeout | undefined
  const stop = (): void => {
    child.kill('SIGINT')
    last = setTimeout(() => child.kill('SIGKILL'), patience)
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (child.pid !== undefined) onProcess(child.pid)
    const [code] = (await once(child, 'close')) as [number | null]
    signal.throwIfAborted()
    return { code, output: lines }
  } finally {
    clearTimeout(last)
    signal.removeEventListener('abort', stop)
  }
}

function failed({ name }: ArtilleryLoad, what: string, output: readonly string[], cause: unknown): never {
  throw new PerfError('ARTILLERY_FAILED', `Artillery ${what} of "${name}".`, { cause, output })
}

function withoutValues(line: string, values: readonly string[]): string {
  return withoutSecretLines(values.reduce((text, value) => text.replaceAll(value, mask), line))
}
