import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Reporting } from '../model/benchmark-config.ts'
import { PerfError } from '../model/error.ts'
import type { Link } from './latest.ts'
import { linkFolder, pointLatest } from './latest.ts'
import type { Report, Reporter } from './reporter.ts'
import { writeWhole } from './write-whole.ts'

export interface PublishOptions {
  /** `benchmark-results`: each run gets a folder of its own inside. */
  readonly folder: string
  readonly reporting: Reporting
  /** By name. `json`, `html`, `markdown` and `pdf` are switched by `reporting`; all others are always written. */
  readonly reporters: Readonly<Record<string, Reporter>>
  /** How `latest` is made to point. @default a symbolic link */
  readonly link?: Link
}

export interface Published {
  readonly folder: string
  /** Names inside `folder`, in the order of the reporters. */
  readonly files: readonly string[]
  /** Reporters that threw: their file is missing, all others were written. */
  readonly failed: readonly { readonly reporter: string; readonly message: string }[]
}

/**
 * Writes every report of a run, each file whole or not at all, and then lets `latest` point to them.
 * @throws PerfError RESULTS_UNWRITABLE
 */
export async function publish(report: Report, options: PublishOptions): Promise<Published> {
  const { folder, reporting, reporters, link = linkFolder } = options
  try {
    const own = await claimFolder(folder, stampOf(report.run.started_at))
    const wanted = Object.entries(reporters).filter(([name]) => !isSwitched(name) || reporting[name])
    const files: string[] = []
    const failed: { reporter: string; message: string }[] = []
    for (const [name, reporter] of wanted) {
      const content = await rendered(reporter, report)
      if (content instanceof Error) failed.push({ reporter: name, message: content.message })
      else {
        await writeWhole(join(own, reporter.file), content)
        files.push(reporter.file)
      }
    }
    await pointLatest(folder, own, link)
    return { folder: own, files, failed }
  } catch (cause) {
    throw new PerfError('RESULTS_UNWRITABLE', `The reports could not be written to ${folder}: ${(cause as Error).message}`, { cause })
  }
}

const switched = ['json', 'html', 'markdown', 'pdf'] as const
const isSwitched = (name: string): name is (typeof switched)[number] => switched.some((one) => one === name)

async function rendered(reporter: Reporter, report: Report): Promise<string | Uint8Array | Iterable<string> | Error> {
  try {
    return reporter.pieces?.(report) ?? (await reporter.render(report))
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** `20261005_211400`, in local time as the mission's script has it. */
function stampOf(epochMs: number): string {
  const at = new Date(epochMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`
  return `${day}_${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`
}

/** A folder that nobody had before: making it is what claims it, so two runs of one second never share one. */
async function claimFolder(parent: string, stamp: string): Promise<string> {
  await mkdir(parent, { recursive: true })
  for (let attempt = 1; ; attempt++) {
    const path = join(parent, attempt === 1 ? stamp : `${stamp}_${attempt}`)
    try {
      await mkdir(path)
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
