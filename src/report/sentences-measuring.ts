import { change, counted, integer, number, quantity } from './format.ts'
import { plain } from './plain-text.ts'
import type { Entries } from './sentence.ts'
import { say } from './sentence.ts'

/** What measuring a function can show. */
export const measuring = {
  few_samples: {
    weight: 'weak',
    size: ({ samples, wanted }) => wanted / samples,
    say: ({ samples, wanted }) =>
      say(`${counted(samples, 'sample')} of ${integer(wanted)} wanted.`, 'The interval is wide.', 'Raise { time } of the case.'),
  },
  calls_merged: {
    weight: 'weak',
    size: ({ calls, samples }) => calls / samples,
    say: ({ calls, samples }) =>
      say(
        `${counted(calls, 'call')} were merged into ${counted(samples, 'sample')}.`,
        'The mean is that of all calls; high percentiles and the maximum are of means of neighbours, so a rare slow call shows less.',
        'For the tail of single calls lower { time } of the case, so that there are at most 10,000.',
      ),
  },
  few_warm_up_calls: {
    weight: 'weak',
    size: ({ calls, wanted }) => wanted / calls,
    say: ({ calls, wanted }) =>
      say(
        `${counted(calls, 'call')} of ${integer(wanted)} wanted before the first sample.`,
        'Warming up ended at ten times the time of the case.',
        'Raise { warmup } of the case, or lower { warmup_iterations }.',
      ),
  },
  optimised_away: {
    weight: 'wrong',
    size: ({ growth }) => -growth,
    say: ({ growth }) =>
      say(
        `Doubling the calls took ${number(growth)} times as long, not 2.`,
        'The engine probably removed the work of the body.',
        'Return the result of the body, and give it input that the engine cannot foresee.',
      ),
  },
  no_steady_state: {
    weight: 'wrong',
    size: ({ change_percent }) => Math.abs(change_percent),
    say: ({ shape, change_percent }) =>
      say(
        `The times never settled (${shape}, ${change(change_percent)} over the run).`,
        'The mean depends on how long was measured.',
        'Raise { warmup } and { time }, or look for growing state in the body.',
      ),
  },
  multimodal: {
    weight: 'weak',
    size: ({ separation_percent }) => separation_percent,
    say: ({ modes, separation_percent }) =>
      say(
        `The times gather around ${integer(modes)} values, ${quantity(separation_percent, '%')} apart.`,
        'A mean describes none of them.',
        'Split the case by what it does: cache hit and miss, small and large input.',
      ),
  },
  drift: {
    weight: 'weak',
    size: ({ change_percent }) => Math.abs(change_percent),
    say: ({ change_percent }) =>
      say(
        `The times moved by ${change(change_percent)} while measuring.`,
        'The machine or the state of the program changed under way.',
        'Close other programs, or reset the state in setup.',
      ),
  },
  noisy_neighbour: {
    weight: 'weak',
    size: ({ steal_percent = 0, pressure_percent = 0 }) => steal_percent + pressure_percent,
    say: ({ steal_percent, pressure_percent, load, cores, foreign_percent }) =>
      say(
        `Others used the processor: ${[
          ...(steal_percent === undefined ? [] : [`${quantity(steal_percent, '%')} stolen`]),
          ...(pressure_percent === undefined ? [] : [`${quantity(pressure_percent, '%')} pressure`]),
          `load ${number(load)} on ${counted(cores, 'core')}`,
          ...(foreign_percent === undefined ? [] : [`other programs ${quantity(foreign_percent, '%')} of the machine`]),
        ].join(', ')}.`,
        'Times are longer and wider than on a quiet machine.',
        'Repeat on a quiet machine, or compare both versions there with vitest-perf against.',
      ),
  },
  throttled: {
    weight: 'wrong',
    size: ({ throttled_ms }) => throttled_ms,
    say: ({ periods, throttled_ms }) =>
      say(
        `The container was throttled in ${counted(periods, 'period')}, ${quantity(throttled_ms, 'ms')} in all.`,
        'The times include waiting for the CPU limit.',
        'Raise the CPU limit, or lower the load.',
      ),
  },
  clock_coarse: {
    weight: 'wrong',
    say: ({ resolution_ns, sample_ns }) =>
      say(
        `The clock steps by ${quantity(resolution_ns, 'ns')}; a sample lasts ${quantity(sample_ns, 'ns')}.`,
        'The step is part of the number.',
        'Do more work in one call, or remove beforeEach so that calls can be batched.',
      ),
  },
  debugger_attached: {
    weight: 'wrong',
    say: ({ what }) =>
      say(`A ${what} was attached.`, 'The engine ran slower code than in production.', `Run the benchmarks without the ${what}.`),
  },
  module_getter: {
    weight: 'weak',
    size: ({ accesses }) => accesses,
    say: ({ accesses, exports }) =>
      say(
        `One call reads imports ${integer(accesses)} times through the module runner (${plain(exports, 60)}).`,
        'Each read costs a few nanoseconds that production code does not pay.',
        'Copy the import into a local constant before the case.',
      ),
  },
  no_memory_pass: {
    weight: 'note',
    say: ({ reason }) =>
      say(`No heap and GC figures: ${plain(reason)}.`, 'Only times were measured.', 'Start Node with --expose-gc to have them.'),
  },
} as const satisfies Entries
