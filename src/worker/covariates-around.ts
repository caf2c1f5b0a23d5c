import type { Covariates } from '../model/measured.ts'
import { watchMachine } from '../sampling/covariates.ts'

/** Runs something and says how busy the machine was meanwhile. Two readings of counters and no process beside: it disturbs nothing. */
export async function covariatesAround<Result>(run: () => Promise<Result>): Promise<{ result: Result; covariates: Covariates }> {
  const machine = watchMachine()
  const switches = process.resourceUsage().involuntaryContextSwitches
  const result = await run()
  const { covariates } = machine.result(true, [])
  const involuntary_switches = process.resourceUsage().involuntaryContextSwitches - switches
  // Windows does not count them, and Node says 0.
  return { result, covariates: process.platform === 'win32' ? covariates : { ...covariates, involuntary_switches } }
}
