import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readJson } from './workshop.ts'

interface Results {
  readonly results: Readonly<
    Record<
      string,
      {
        readonly state: string
        readonly errors?: readonly { readonly message: string }[]
        readonly metrics?: Readonly<Record<string, number>>
      }
    >
  >
  readonly verdict: { readonly passed: boolean; readonly exit_reason: string }
}

/** The newest run of a project measured these cases and passed, and its reports are there. */
export async function expectMeasured(
  folder: string,
  ids: readonly string[],
  files: readonly string[] = ['benchmark_report.html'],
): Promise<void> {
  const latest = join(folder, 'benchmark-results/latest')
  const { results, verdict } = await readJson<Results>(join(latest, 'benchmark_results.json'))
  const wrong = ids
    .filter((id) => results[id]?.state !== 'measured')
    .map((id) => `${id}: ${results[id]?.state ?? 'absent'} ${results[id]?.errors?.[0]?.message ?? ''}`)
  if (wrong.length > 0) throw new Error(`not measured: ${wrong.join('; ')}`)
  if (!verdict.passed) throw new Error(`the run did not pass: ${verdict.exit_reason}`)
  for (const file of files) if (!existsSync(join(latest, file))) throw new Error(`${file} was not written`)
}

/** A case of the newest run has these figures. */
export async function expectMetrics(folder: string, id: string, names: readonly string[]): Promise<void> {
  const { results } = await readJson<Results>(join(folder, 'benchmark-results/latest/benchmark_results.json'))
  const absent = names.filter((name) => typeof results[id]?.metrics?.[name] !== 'number')
  if (absent.length > 0) throw new Error(`${id} has no ${absent.join(', ')}`)
}
