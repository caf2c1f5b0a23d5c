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
  return shell === 'fish' ? fish(program.name(), nodes) : words(program.name(), nodes, shell)
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

/** Bash, and zsh by its reading of bash's: the words that may follow the commands typed so far, else files. */
function words(name: string, nodes: readonly Node[], shell: 'bash' | 'zsh'): string {
  const cases = nodes.map(({ path, commands, options }) => {
    const all = [...commands.map((one) => one.name), ...options.flatMap(flagsOf)]
    return `    ${quoted(path)}) words=${quoted(all.join(' '))} ;;`
  })
  const paths = nodes.map(({ path }) => quoted(path)).join(' ')
  const script = `_vitest_perf() {
  local current path word known candidate words
  current="\${COMP_WORDS[COMP_CWORD]}"
  path=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    candidate="\${path:+$path }$word"
    for known in ${paths}; do
      if [ "$known" = "$candidate" ]; then path="$candidate"; fi
    done
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _vitest_perf ${name}
`
  return shell === 'bash' ? script : `autoload -U +X bashcompinit && bashcompinit\n${script}`
}

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
