import type { HttpSpec } from '../model/spec.ts'
import { assemble } from './assemble.ts'
import type { LoadResult } from './conduct.ts'
import type { GeneratorHost } from './generator-process.ts'
import { stopReason } from './generator-process.ts'
import type { LoadJob } from './job.ts'

/**
 * Runs users who go through a session in this process: a session is code of the test file, with all that it refers to, and cannot be called
 * from another one. The generator's figures are therefore this process's.
 */
export async function runHere(
  job: LoadJob,
  session: NonNullable<HttpSpec['session']>,
  spec: Pick<HttpSpec, 'check' | 'signal'>,
  host: GeneratorHost,
): Promise<LoadResult> {
  host.onGenerator(process.pid)
  const load = assemble(job, {
    ask: () => {},
    order: () => {},
    onPhase: (name) => host.onPhase(name),
    onProgress: (progress) => host.onProgress(progress),
    here: { session, check: spec.check },
  })
  const { signal } = spec
  let stop: () => void = () => {}
  try {
    const result = await load.run((stopper) => {
      stop = () => stopper.stop(stopReason(signal))
      if (signal?.aborted) stop()
      else signal?.addEventListener('abort', stop, { once: true })
    })
    const { verdict, reason } = result.measurement.ceiling
    const ceiling = { verdict, reason: `${reason}; sessions run in the process of the tests, whose figures these are` }
    return { ...result, measurement: { ...result.measurement, ceiling } }
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}
