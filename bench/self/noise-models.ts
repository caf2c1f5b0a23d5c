import { processPlan } from '../../src/against/process-plan.ts'

/**
 * Simulated processes of a benchmark, for the rates of docs/statistics.md: as many batches as a process of a comparison has, with noise between processes and
 * between batches. Levels are set so that the normal model has the spread that was measured on a quiet shared machine (docs/statistics.md).
 */
export interface NoiseModel {
  readonly name: string
  /** Factor of the whole process, as a logarithm. */
  readonly process: (random: () => number) => number
  /** Factor of one batch, as a logarithm; `at` is its place in the whole comparison, 0 to 1. */
  readonly batch: (random: () => number, at: number, state: { busy: boolean }) => number
}

const { time_ms, sample_ms, undisturbed } = processPlan.function
const batches = time_ms / sample_ms
/** Beside neighbours a process samples up to so many times as long (docs/statistics.md). */
const patience = 5
/** A neighbour is not always counted: it may have the other thread of a core, or the memory bus. */
const noticed = 0.9

/** The batches of one process, in time order. */
export interface SimulatedProcess {
  readonly all: readonly number[]
  /** Those that ran undisturbed, where there are enough of them; else all. */
  readonly kept: readonly number[]
}

export interface SimulatedPair {
  readonly base: SimulatedProcess
  readonly head: SimulatedProcess
}

const processSpread = 0.017
const batchSpread = 0.02

export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Student's t with 3 degrees of freedom, scaled to unit variance. */
function heavy(random: () => number): number {
  const chi = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2
  return normal(random) / Math.sqrt(chi / 3) / Math.sqrt(3)
}

const plainProcess = (random: () => number): number => processSpread * normal(random)
const plainBatch = (random: () => number): number => batchSpread * normal(random)

export const noiseModels: readonly NoiseModel[] = [
  { name: 'normal', process: plainProcess, batch: plainBatch },
  {
    name: 'heavy-tailed',
    process: (random) => processSpread * heavy(random),
    batch: (random) => batchSpread * heavy(random) + (random() < 0.05 ? -0.3 * Math.log(1 - random()) : 0),
  },
  {
    // 10 % slower from the first pair to the last, with a swing: a machine that gets warm.
    name: 'drifting',
    process: plainProcess,
    batch: (random, at) => plainBatch(random) + 0.1 * at + 0.02 * Math.sin(12 * at),
  },
  {
    // Some bodies have two speeds, drawn at process start.
    name: 'bimodal',
    process: (random) => 0.012 * normal(random) + (random() < 0.3 ? 0.04 : 0),
    batch: plainBatch,
  },
  {
    // A neighbour that bursts: on for 4 batches in the mean, off for 8, and 20 to 80 % slower while it is on.
    name: 'neighbour bursts',
    process: plainProcess,
    batch: (random, _at, state) => {
      state.busy = state.busy ? random() > 1 / 4 : random() < 1 / 8
      return plainBatch(random) + (state.busy ? 0.2 + 0.6 * random() : 0)
    },
  },
]

/** Pairs of fresh processes in ABBA order, head slower by `effect` (0.05 is 5 %). */
export function* simulatePairs(model: NoiseModel, effect: number, random: () => number, planned = 24): Generator<SimulatedPair, never> {
  const state = { busy: false }
  let done = 0
  const run = (factor: number): SimulatedProcess => {
    const offset = model.process(random) + Math.log(factor)
    done++
    const [all, calm]: [number[], number[]] = [[], []]
    while (all.length < batches || (calm.length < undisturbed && all.length < patience * batches)) {
      const time = Math.exp(offset + model.batch(random, done / (2 * planned), state))
      all.push(time)
      if (!state.busy || random() > noticed) calm.push(time)
    }
    return { all, kept: calm.length < undisturbed ? all : calm }
  }
  for (let pair = 0; ; pair++) {
    if (pair % 2 === 0) {
      const base = run(1)
      yield { base, head: run(1 + effect) }
    } else {
      const head = run(1 + effect)
      yield { base: run(1), head }
    }
  }
}
