import { expect, test, vi } from 'vitest'
import { Progress } from '../../src/main/progress.ts'

const module = (count: number): Parameters<Progress['collected']>[0] => {
  const tests = Array.from({ length: count }, () => ({ options: { mode: 'run' } }))
  return { children: { allTests: () => tests } } as never
}

test('a case that takes long does not leave an output without a word', async () => {
  const lines: string[] = []
  const progress = new Progress((line) => lines.push(line), 1, { every_ms: 60_000, silent_ms: 50 })
  progress.collected(module(2))
  progress.began({ id: '1', name: 'capacity of search' })
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(1), { timeout: 10_000 })
  expect(lines[0]).toMatch(/^ {3}0 of 2 cases \S 1 s \S capacity of search for 1 s$/)
  progress.finishedCase({ id: '1' })
  const said = lines.length
  await new Promise((next) => setTimeout(next, 200))
  expect(lines).toHaveLength(said)
  progress.began({ id: '2', name: 'the next' })
  progress.end()
  await new Promise((next) => setTimeout(next, 200))
  expect(lines).toHaveLength(said)
})

test('a run of short cases has no line', async () => {
  const lines: string[] = []
  const progress = new Progress((line) => lines.push(line), 1)
  progress.collected(module(3))
  for (const id of ['1', '2', '3']) {
    progress.began({ id, name: id })
    progress.finishedCase({ id })
  }
  progress.end()
  expect(lines).toEqual([])
})
