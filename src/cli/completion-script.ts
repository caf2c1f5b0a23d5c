import type { Command, Option } from 'commander'

interface Node {
  /** `baseline accept`; empty for the program itself. */
  readonly path: string
  readonly commands: readonly { readonly name: string; readonly description: string }[]
  readonly options: readonly Option[]
}

/** Made from the commands themselves, so that it cannot lag behind them. */
export function completionScript(program: Command, shell: 'bash' | 'zsh' | 'fish'): string {
  const nodes = nodesOf(program)
  const scripts = { bash, zsh, fish } as const
  return scripts[shell](program.name(), nodes)
}

function nodesOf(command: Command, path = ''): Node[] {
  const { commands } = command
  const help = command.createHelp()
  const node: Node = {
    path,
    commands: commands.map((sub) => ({ name: sub.name(), description: sub.description() })),
    options: help.visibleOptions(command),
  }
  return [node, ...commands.flatMap((sub) => nodesOf(sub, path ? `${path} ${sub.name()}` : sub.name()))]
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
const flagsOf = ({ short, long }: Option): string[] => [long, short].filter((flag) => flag !== undefined && flag !== null)

const wordsOf = ({ commands, options }: Node): string[] => [...commands.map((one) => one.name), ...options.flatMap(flagsOf)]

/** The words that may follow the commands typed so far, else files. */
function bash(name: string, nodes: readonly Node[]): string {
  return `_vitest_perf() {
  local current at word words
  current="\${COMP_WORDS[COMP_CWORD]}"
  at=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${at:+$at }$word" in
      ${commandsOf(nodes)}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at" in
${nodes.map((node) => `    ${quoted(node.path)}) words=${quoted(wordsOf(node).join(' '))} ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _vitest_perf ${name}
`
}

function zsh(name: string, nodes: readonly Node[]): string {
  return `#compdef ${name}
_vitest_perf() {
  local at='' word
  local -a known
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${at:+$at }$word" in
      (${commandsOf(nodes)}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$at" in
${nodes.map((node) => `    (${quoted(node.path)}) known=(${wordsOf(node).join(' ')}) ;;`).join('\n')}
  esac
  compadd -- "\${known[@]}"
  _files
}
compdef _vitest_perf ${name}
`
}

const commandsOf = (nodes: readonly Node[]): string =>
  nodes
    .filter(({ path }) => path !== '')
    .map(({ path }) => quoted(path))
    .join('|')

function fish(name: string, nodes: readonly Node[]): string {
  const lines = nodes.flatMap(({ path, commands, options }) => {
    const parts = path === '' ? [] : path.split(' ')
    const names = commands.map((one) => one.name).join(' ')
    const seen = parts.map((part) => `__fish_seen_subcommand_from ${part}`)
    const nothingElse = parts.length === 0 ? '__fish_use_subcommand' : [...seen, `not __fish_seen_subcommand_from ${names}`].join('; and ')
    return [
      ...commands.map((one) => `complete -c ${name} -f -n ${quoted(nothingElse)} -a ${one.name} -d ${quoted(one.description)}`),
      ...options.map((option) => {
        const condition = parts.length === 0 ? '__fish_use_subcommand' : seen.join('; and ')
        const flags = [option.short && `-s ${option.short.slice(1)}`, option.long && `-l ${option.long.slice(2)}`, option.required && '-r']
        return `complete -c ${name} -n ${quoted(condition)} ${flags.filter(Boolean).join(' ')} -d ${quoted(option.description)}`
      }),
    ]
  })
  return `${lines.join('\n')}\n`
}
