import { Command } from 'commander'

/** `vitest-perf doctor`: how far numbers of this machine can be trusted. */
export const doctor: Command = new Command('doctor')
  .description('say how far the numbers of this machine can be trusted, and what helps')
  .option('--json', 'facts and advice as JSON')
  .action(async ({ json = false }: { readonly json?: boolean }) => {
    const [{ readFacts }, { diagnose }, { diagnosisText }] = await Promise.all([
      import('./doctor/read-facts.ts'),
      import('./doctor/judge.ts'),
      import('./doctor/diagnosis-text.ts'),
    ])
    const facts = await readFacts(process.cwd())
    const diagnosis = diagnose(facts)
    process.stdout.write(
      json ? `${JSON.stringify({ ...diagnosis, facts }, null, 2)}\n` : diagnosisText(diagnosis, facts, process.stdout.columns ?? 80),
    )
  })
