import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { runArtillery } from '../../src/artillery/run-artillery.ts'
import { artilleryFolder, notInstalled } from './installed.ts'
import { longLoad } from './long-load.ts'

async function server(): Promise<{ origin: string; first: Promise<unknown> }> {
  const listening: Server = createServer((_, response) => response.end('ok'))
  const first = once(listening, 'request')
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void listening.close())
  return { origin: `http://127.0.0.1:${(listening.address() as AddressInfo).port}`, first }
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

it('a load by Artillery ends when its case is stopped', async ({ skip }) => {
  const folder = await artilleryFolder()
  if (folder === undefined) return skip(notInstalled)
  const { origin, first } = await server()
  const stop = new AbortController()
  let pid = 0
  const running = runArtillery(longLoad(origin), { root: folder, signal: stop.signal, onProcess: (own) => (pid = own), onPhase: () => {} })
  void first.then(() => stop.abort(new Error('enough')))
  await expect(running).rejects.toThrow('enough')
  expect(isGone(pid)).toBe(true)
}, 600_000)

it('a load by Artillery ends with the process that wanted it, however that ends', async ({ skip }) => {
  const folder = await artilleryFolder()
  if (folder === undefined) return skip(notInstalled)
  const { origin, first } = await server()
  const temporary = await mkdtemp(join(tmpdir(), 'vitest-perf-test-'))
  onTestFinished(() => rm(temporary, { recursive: true, force: true }))
  const owner = fork(join(import.meta.dirname, 'long-load.ts'), [origin, folder], {
    execArgv: [],
    env: { ...process.env, TMPDIR: temporary },
  })
  const [pid] = (await once(owner, 'message')) as [number]
  await first
  expect(await readdir(temporary)).toHaveLength(1)
  owner.kill('SIGKILL')
  await vi.waitFor(() => expect(isGone(pid)).toBe(true), { timeout: 30_000, interval: 200 })
  expect(await readdir(temporary)).toEqual([])
}, 600_000)
