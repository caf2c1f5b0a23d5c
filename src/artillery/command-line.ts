import type { ArtilleryLoad } from './artillery-load.ts'

const commands = { local: 'run', fargate: 'run-fargate', lambda: 'run-lambda', aci: 'run-aci' } as const

export interface CommandFiles {
  readonly script: string
  readonly report: string
  /** Environment of cloud workers; local ones have that of the process. */
  readonly dotenv?: string
}

/** The words after `artillery`. */
export function commandLine(
  { platform, workers, region, arguments: further }: ArtilleryLoad['distributed'],
  files: CommandFiles,
): string[] {
  return [
    commands[platform],
    '--output',
    files.report,
    ...(platform === 'local' ? [] : ['--count', String(workers)]),
    ...(region === undefined ? [] : ['--region', region]),
    ...(files.dotenv === undefined ? [] : ['--dotenv', files.dotenv]),
    ...further,
    files.script,
  ]
}

/** Lines of a dotenv file; values in a quote that they do not have, within which nothing is special. */
export function dotenvText(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([name, value]) => {
      const quote = ["'", '`', '"'].find((one) => !value.includes(one)) ?? '"'
      return `${name}=${quote}${value}${quote}\n`
    })
    .join('')
}
