import inspector from 'node:inspector'
import type { Finding } from '../model/finding.ts'
import { finding } from '../model/finding.ts'

/** Tools in this process that slow down what they watch. */
export function attachedTools(): Finding[] {
  const found: Finding[] = []
  if (inspector.url() !== undefined) found.push(finding('debugger_attached', { what: 'debugger' }))
  if (collectsCoverage()) found.push(finding('debugger_attached', { what: 'coverage' }))
  const flags = [...process.execArgv, ...(process.env['NODE_OPTIONS'] ?? '').split(/\s+/)]
  if (flags.some((flag) => /^--(cpu-prof|heap-prof|prof)(=|$)/.test(flag))) found.push(finding('debugger_attached', { what: 'profiler' }))
  return found
}

/** V8's coverage by environment, or counters that Istanbul put into the code. */
function collectsCoverage(): boolean {
  return Boolean(process.env['NODE_V8_COVERAGE']) || '__VITEST_COVERAGE__' in globalThis || '__coverage__' in globalThis
}
