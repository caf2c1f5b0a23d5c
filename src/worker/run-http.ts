import { driveLoad } from '../load/drive.ts'
import { caseId } from '../model/case-id.ts'
import type { CaseSubject, DeclaredCase } from '../model/declared.ts'
import { PerfError } from '../model/error.ts'
import type { RunningServer } from '../model/server.ts'
import { gatesOf } from './gates-of-case.ts'
import type { CaseTools, Outcome } from './outcome.ts'

type HttpSubject = Extract<CaseSubject, { kind: 'http' }>

/** Loads the server; a server that dies in the middle fails the case with its exit and its last output. */
export async function runHttp(declared: DeclaredCase, subject: HttpSubject, server: RunningServer, tools: CaseTools): Promise<Outcome[]> {
  const { options } = declared
  const stop = new AbortController()
  const signal = AbortSignal.any([tools.signal, stop.signal])
  const died = server.exited.then((exit) => {
    stop.abort()
    throw new PerfError('SERVER_EXITED', `The server ended while "${declared.name}" loaded it (${exitText(exit)}).`, {
      output: server.output().slice(-20),
    })
  })
  died.catch(() => {})
  const load = driveLoad(
    {
      ...subject.load,
      name: declared.name,
      origin: server.url,
      request: subject.request,
      durationMs: options.timeMs,
      gates: declared.subject.kind === 'capacity' ? [] : gatesOf(caseId(declared.name, options.id)),
      warmupMs: options.warmupMs,
      signal,
    },
    { onGenerator: (pid) => tools.watch('generator', pid), onPhase: (name) => tools.phase(name) },
  )
  const result = await Promise.race([load, died])
  // A crash that ended the load from the other side is reported as what it was.
  if (server.exit()) await died
  return [result]
}

function exitText(exit: { code: number | null; signal: string | null }): string {
  return exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code}`
}
