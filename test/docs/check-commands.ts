import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError, type Command } from 'commander'
import { createCLI } from 'vitest/node'
import { program } from '../../src/cli/program.ts'
import { prepare } from '../../src/cli/start.ts'
import { root, type Block } from './markdown.ts'
import { commandsOf } from './shell-words.ts'

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
/** Programs of others, which are what they are. */
const foreign = new Set(['bencher', 'benchstat', 'createdb', 'curl', 'docker', 'echo', 'git', 'node', 'npm', 'psql', 'source'])
const launchers = ['npx', 'pnpm exec', 'yarn exec', 'yarn']

/** What is wrong with the command lines of a block, by document and line. */
export async function commandProblems(block: Block): Promise<string[]> {
  const problems: string[] = []
  for (const [index, line] of block.text
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .entries()) {
    for (const words of commandsOf(line)) {
      const problem = await problemOf(words)
      if (problem !== undefined) problems.push(`${block.file}:${block.line + index} ${problem}`)
    }
  }
  return problems
}

/** Of one command line; where it is a mention only, arguments that it needs may be left out. */
export async function problemOf(words: readonly string[], mention = false): Promise<string | undefined> {
  const variables = words.findIndex((word) => !/^[A-Z_]+=/.test(word))
  const set = words.slice(0, variables === -1 ? words.length : variables)
  const unread = set.map((word) => word.replace(/=.*/s, '')).find((name) => !isRead(name))
  if (unread !== undefined) return `nothing reads the variable ${unread}`
  const [name = '', ...rest] = withoutLauncher(words.slice(set.length))
  if (name === '') return undefined
  if (name === 'vitest-perf') return ownProblem(rest, mention)
  if (name === 'vitest') return vitestProblem(rest)
  if (name === 'npm' && rest[0] === 'run' && scripts[rest[1] ?? ''] === undefined) return `package.json has no script "${rest[1]}"`
  if (name === 'node' && /^(?:bench|scripts)\//.test(rest[0] ?? '')) {
    return existsSync(join(root, rest[0] ?? '')) ? undefined : `there is no ${rest[0]}`
  }
  if (!foreign.has(name)) return `nobody knows the program "${name}"`
  for (const word of rest.filter((one) => one.includes('vitest-perf '))) {
    const inner = await problemOf(commandsOf(word.replace(/^.*?<?\(|\).*$/g, '')).at(-1) ?? [])
    if (inner !== undefined) return inner
  }
  return undefined
}

function withoutLauncher(words: readonly string[]): readonly string[] {
  const line = words.join(' ')
  const launcher = launchers.find((one) => line.startsWith(`${one} `))
  return launcher === undefined ? words : words.slice(launcher.split(' ').length)
}

/** Variables of ours stand somewhere in our own files, others are not ours. */
function isRead(name: string): boolean {
  if (!/^(?:VITEST_PERF|TERRAPHIM)_/.test(name)) return true
  try {
    execFileSync('git', ['grep', '-qw', name, '--', 'src', 'bench', 'fixtures', 'reporters'], { cwd: root })
    return true
  } catch {
    return false
  }
}

prepare(program)
silence(program)

/** The real program, its flags and its checks, but nothing happens. */
function silence(command: Command): void {
  command.configureOutput({ writeOut: () => {}, writeErr: () => {} })
  if (command.commands.length === 0) command.action(() => {})
  for (const sub of command.commands) silence(sub)
}

async function ownProblem(words: readonly string[], mention: boolean): Promise<string | undefined> {
  try {
    await program.parseAsync([...words], { from: 'user' })
    return undefined
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return undefined
    const partial = ['commander.missingArgument', 'commander.missingMandatoryOptionValue', 'commander.help'].includes(error.code)
    return partial && mention ? undefined : error.message
  }
}

function vitestProblem(words: readonly string[]): string | undefined {
  try {
    const cli = createCLI()
    cli.parse(['node', 'vitest', ...words], { run: false })
    cli.matchedCommand?.checkUnknownOptions()
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
