import { expect, test } from 'vitest'
import { SampleRecord } from '../../src/measure/sample-record.ts'

test('few samples are kept as they are, to six digits', () => {
  const record = new SampleRecord(10)
  record.startBlock()
  for (const time of [1.23456789, 2, 3_000_000.5]) record.add(time)
  expect(record.finish()).toEqual({ ns_per_call: [1.23457, 2, 3_000_000], block_starts: [0], batch: 10 })
})

test('too many are merged with their neighbours: order and mean stay, the batch grows, no call is left out', () => {
  const record = new SampleRecord(1)
  record.startBlock()
  const count = 40_000
  for (let index = 0; index < count; index++) record.add(index)
  const { ns_per_call, batch } = record.finish()
  expect({ samples: ns_per_call.length, batch }).toEqual({ samples: 10_000, batch: 4 })
  expect(ns_per_call).toEqual(ns_per_call.toSorted((a, b) => a - b))
  expect(ns_per_call.reduce((sum, time) => sum + time, 0) / ns_per_call.length).toBeCloseTo((count - 1) / 2, 0)
})

test('a very long run is merged on the way', () => {
  const record = new SampleRecord(2)
  record.startBlock()
  const count = 1_000_000
  for (let index = 0; index < count; index++) record.add(5)
  const { ns_per_call, batch } = record.finish()
  expect(ns_per_call.length).toBeLessThanOrEqual(10_000)
  expect((ns_per_call.length * batch) / 2).toBeGreaterThanOrEqual(count)
  expect(new Set(ns_per_call)).toEqual(new Set([5]))
})

test('samples of different turns are never merged with each other', () => {
  const record = new SampleRecord(1)
  for (let block = 0; block < 20; block++) {
    record.startBlock()
    for (let index = 0; index < 10_007; index++) record.add(block + 1)
  }
  const { ns_per_call, block_starts } = record.finish()
  expect(block_starts.length).toBe(20)
  expect(block_starts.map((start) => ns_per_call[start])).toEqual(Array.from({ length: 20 }, (_, block) => block + 1))
  expect(ns_per_call.every(Number.isInteger)).toBe(true)
})
