import { Argument, Command } from 'commander'

/** `vitest-perf completion`: the script that lets a shell complete our commands and flags. */
export const completion: Command = new Command('completion')
  .description('print the completion script of a shell')
  .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
  .addHelpText(
    'after',
    `
  bash   echo 'source <(npx vitest-perf completion bash)' >> ~/.bashrc
  zsh    echo 'source <(npx vitest-perf completion zsh)' >> ~/.zshrc
  fish   npx vitest-perf completion fish \\
           > ~/.config/fish/completions/vitest-perf.fish`,
  )
  .action(async (shell: 'bash' | 'zsh' | 'fish', _flags: unknown, self: Command) => {
    const { completionScript } = await import('./completion-script.ts')
    process.stdout.write(completionScript(self.parent ?? self, shell))
  })
