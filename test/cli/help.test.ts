import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { program } from '../../src/cli/program.ts'
import { prepare } from '../../src/cli/start.ts'
import { command, ownFolder } from './command-line.ts'

const run = (...args: string[]) => command(ownFolder, args)
const commands = program.commands.map((one) => one.name())
const paths = program.commands.flatMap((one) => [[one.name()], ...one.commands.map((sub) => [one.name(), sub.name()])])

prepare(program)
function helpOf(path: readonly string[]): string {
  const found = path.reduce<Command | undefined>((at, name) => at?.commands.find((sub) => sub.name() === name), program)
  let text = ''
  found?.configureOutput({ writeOut: (more) => (text += more) }).outputHelp()
  return text
}

describe('the help', () => {
  it.each([[], ...paths])('of vitest-perf %s %s fits 80 columns', (...path) => {
    const text = helpOf(path)
    expect(text).toContain(`Usage: ${['vitest-perf', ...path].join(' ')}`)
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
  })

  it('names every command and every exit code', async () => {
    const { out, code } = await run('--help')
    expect(code).toBe(0)
    expect(out).toBe(helpOf([]))
    for (const name of commands) expect(out).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    for (const code of Object.values(exitCodes)) expect(out).toMatch(new RegExp(`^  ${code} `, 'm'))
  })

  it('agrees with docs/cli.md on commands and exit codes', () => {
    const docs = readFileSync(join(ownFolder, 'docs/cli.md'), 'utf8')
    expect(commands).toEqual(expect.arrayContaining(['run', 'merge', 'history']))
    expect(new Set([...docs.matchAll(/^## vitest-perf (\S+)$/gm)].map(([, name]) => name))).toEqual(new Set(commands))
    for (const [name, sub] of paths) if (sub !== undefined) expect(docs).toContain(`\`${name} ${sub}`)
    for (const [reason, code] of Object.entries(exitCodes)) expect(docs).toMatch(new RegExp(`^\\| ${code} \\| \`${reason}\` \\|`, 'm'))
  })
})

describe('what is not understood', () => {
  it.each([
    [['rnu'], /unknown command 'rnu'\s+\(Did you mean run\?\)/],
    [['run', '--basline', 'x'], /unknown option '--basline'\s+\(Did you mean --baseline\?\)/],
    [['run', '-i', 'many'], /must be a whole number above 0/],
    [['run', '--shard', '4/3'], /It must be a number and how many there are, such as 1\/3/],
    [['run', '-t', '('], /Invalid regular expression/],
    [['ci'], /required option '-c, --config <file>' not specified/],
    [['compare', 'one.json'], /missing required argument 'baseline'/],
    [['compare', 'a', 'b', '-f', 'xml'], /Allowed choices are console, json, markdown/],
    [['report', 'package.json', '-f', 'jnuit'], /There is no format "jnuit"; did you mean junit\?/],
    [['report', 'nowhere.json'], /nowhere\.json cannot be read: there is no such file/],
    [['validate', 'package.json'], /is not a benchmark_results\.json/],
    [['baseline', 'accept'], /required option '-m, --reason <text>' not specified/],
    [[], /Usage: vitest-perf/],
  ] as const)('%j ends with 64 and says what was meant', async (args, message) => {
    const { code, err, out } = await run(...args)
    expect(err).toMatch(message)
    expect(err).not.toMatch(/^\s+at .*\.js:\d+/m)
    expect(out).toBe('')
    expect(code).toBe(64)
  })

  it('shows the version', async () => {
    const { version } = JSON.parse(readFileSync(join(ownFolder, 'package.json'), 'utf8')) as { version: string }
    expect((await run('--version')).out.trim()).toBe(version)
  })
})

describe('completion', () => {
  const shells = {
    bash: `source SCRIPT; COMP_WORDS=(vitest-perf TYPED); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _vitest_perf; printf '%s\\n' "\${COMPREPLY[@]}"`,
    zsh: `compdef() { : }; compadd() { shift; print -l -- "$@" }; _files() { : }; source SCRIPT; words=(vitest-perf TYPED); CURRENT=$#words; _vitest_perf`,
    fish: `source SCRIPT; complete -C "vitest-perf LINE" | string replace -r '\\t.*' ''`,
  }
  const here = (shell: string) => ['/bin', '/usr/bin'].some((folder) => existsSync(join(folder, shell)))
  const without = (shell: string) => (here(shell) ? '' : ` (not applicable: ${shell} is not installed)`)

  it.runIf(here('bash')).each([
    ['bash', 'baseline a', 'accept'],
    ['bash', 'run --out', '--output'],
    ['bash', 'valid', 'validate'],
  ])(`in %s, "%s" becomes %s${without('bash')}`, (shell, line, wanted) => completes(shell as 'bash', line, wanted))
  it.runIf(here('zsh')).each([
    ['zsh', 'baseline a', 'accept'],
    ['zsh', 'run --out', '--output'],
  ])(`in %s, "%s" may become %s${without('zsh')}`, (shell, line, wanted) => completes(shell as 'zsh', line, wanted))
  it.runIf(here('fish')).each([
    ['fish', 'baseline a', 'accept'],
    ['fish', 'run --out', '--output'],
    ['fish', 'valid', 'validate'],
  ])(`in %s, "%s" becomes %s${without('fish')}`, (shell, line, wanted) => completes(shell as 'fish', line, wanted))

  async function completes(shell: keyof typeof shells, line: string, wanted: string): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'vitest-perf-completion-'))
    const script = join(folder, 'script')
    writeFileSync(script, (await run('completion', shell)).out)
    const quoted = line
      .split(' ')
      .map((word) => `'${word}'`)
      .join(' ')
    const program = shells[shell].replace('SCRIPT', script).replace('TYPED', quoted).replace('LINE', line)
    const offered = execFileSync(shell, ['-c', program], { encoding: 'utf8' }).trim().split('\n')
    rmSync(folder, { recursive: true })
    expect(offered).toContain(wanted)
  }
})
