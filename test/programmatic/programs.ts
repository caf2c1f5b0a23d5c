import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { type Guest, guest } from '../e2e/guest.ts'

export const benches = `
import { bench, describePerf } from 'vitest-perf'
describePerf('sums', () => {
  bench('sum of one', { time: '30ms', memory: false }, () => { let s = 0; for (let i = 0; i < 1000; i++) s += i; return s })
  bench('sum of two', { time: '30ms', memory: false }, () => { let s = 0; for (let i = 0; i < 2000; i++) s += i; return s })
})
`

/** Runs a program of the project as its owner would, with Node, and gives what it printed as JSON. */
export async function program(project: Guest, source: string, env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  await project.write({ 'program.mjs': source })
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|CI$|GITHUB|TERRAPHIM)/.test(name)),
  )
  const child = spawn(process.execPath, [join(project.folder, 'program.mjs')], {
    cwd: project.folder,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  await new Promise((resolve) => child.on('close', resolve))
  try {
    return JSON.parse(output)
  } catch {
    throw new Error(`The program printed no JSON:\n${output}\n${errors}`)
  }
}

export const sumsProject = (): Promise<Guest> => guest({ 'src/sums.bench.ts': benches })
