import { counted, integer, number, quantity } from './format.ts'
import { plain } from './plain-text.ts'
import type { Entries } from './sentence.ts'
import { say } from './sentence.ts'

const share = (part: number, whole: number): string => (whole > 0 ? quantity((part / whole) * 100, '%') : '0 %')

/** What a load can show. */
export const load = {
  generator_ceiling: {
    weight: 'wrong',
    size: ({ utilisation }) => utilisation,
    say: ({ ceiling, reason, cpu_percent, utilisation }) =>
      say(
        `The ${ceiling === 'generator' ? 'load generator' : 'schedule'} set the limit: ${plain(reason)} (generator CPU ${quantity(cpu_percent, '%')}, event loop ${quantity(utilisation * 100, '%')} busy).`,
        'The server can do more than this number says.',
        ceiling === 'generator' ? 'Send less per connection, or load from a second machine.' : 'Raise { rate } or { connections }.',
      ),
  },
  few_for_tail: {
    weight: 'weak',
    size: ({ samples, wanted }) => wanted / samples,
    say: ({ percentile, samples, wanted }) =>
      say(
        `${counted(samples, 'sample')} for ${plain(percentile, 20)}, which needs ${integer(wanted)}.`,
        'That percentile has no upper bound yet.',
        'Raise { duration } or { time } of the case.',
      ),
  },
  failed_requests: {
    weight: 'wrong',
    size: ({ failed, total }) => failed / total,
    say: ({ failed, total, first, frequent }) =>
      say(
        `${integer(failed)} of ${counted(total, 'request')} failed (${share(failed, total)}); ${frequent === undefined ? `the first: ${plain(first)}` : `most often: ${plain(frequent)}`}.`,
        'Failed answers are often quicker than good ones.',
        'Look at the first failures of the case, and at the output of the server.',
      ),
  },
  dropped_requests: {
    weight: 'wrong',
    size: ({ dropped, planned }) => dropped / planned,
    say: ({ dropped, planned }) =>
      say(
        `${integer(dropped)} of ${integer(planned)} planned requests were not sent (${share(dropped, planned)}): too many were in flight.`,
        'The server did not keep up with the wanted rate.',
        'Lower { rate }, or raise { maxInFlight } to see how long the queue grows.',
      ),
  },
  late_sends: {
    weight: 'weak',
    size: ({ median_us }) => median_us,
    say: ({ late, planned, median_us }) =>
      say(
        `${integer(late)} of ${counted(planned, 'request')} left more than 1 ms late (median ${quantity(median_us / 1000, 'ms')}).`,
        'Latency counts from the planned time, so it includes this delay of our own.',
        'Lower { rate }, or give the generator a core of its own.',
      ),
  },
  reported_by_artillery: {
    weight: 'note',
    say: ({ version, platform, workers }) =>
      say(
        `Artillery ${plain(version, 20)} sent this load from ${platform === 'local' ? 'this machine' : `${counted(workers, 'worker')} on ${plain(platform, 20)}`} and counted it.`,
        'Its latencies are whole milliseconds up to the first byte of an answer, its percentiles are within 1 %, without intervals, and no warm-up is left out.',
        'Compare it with other loads by Artillery only; for short times load from one machine without { distributed }.',
      ),
  },
  rate_missed: {
    weight: 'wrong',
    size: ({ wanted, achieved }) => wanted / achieved,
    say: ({ wanted, achieved }) =>
      say(
        `${number(achieved)} requests/s were sent where ${number(wanted)} were wanted.`,
        'The load was lighter than the case says.',
        'Lower { rate }, or load from a larger machine.',
      ),
  },
  checks_sampled: {
    weight: 'note',
    say: ({ checked, responses }) =>
      say(
        `The check read ${integer(checked)} of ${counted(responses, 'response')}.`,
        'A rare wrong answer can be among the others.',
        'Make the check cheaper, or lower the load, to have every answer read.',
      ),
  },
  law_undecided: {
    weight: 'note',
    say: ({ best, next, margin, miss_percent }) =>
      say(
        `Growth is nearest to ${plain(best, 20)} (misses by ${quantity(miss_percent, '%')}), next to ${plain(next, 20)}, ${number(margin)} AICc behind.`,
        'No class of growth is claimed; the exponent holds without one.',
        'Add sizes in between and beyond, or sample each for longer.',
      ),
  },
  few_levels: {
    weight: 'note',
    say: ({ what, levels, wanted }) =>
      say(
        `${counted(levels, 'level')} for ${plain(what, 60)}, which needs ${integer(wanted)}.`,
        'The figures of each level hold; the law behind them is not known.',
        'Give more levels in { over }, at least a factor of 30 from the smallest to the largest.',
      ),
  },
  knee_beyond: {
    weight: 'note',
    say: ({ largest }) =>
      say(
        `Throughput grew with users up to ${integer(largest)}, the largest number tried.`,
        'The knee lies beyond; it is not guessed.',
        'Add larger numbers to { over }.',
      ),
  },
  bottleneck: {
    weight: ({ full }) => (full ? 'weak' : 'note'),
    say: ({ resource, users, percent, full, next }) =>
      full
        ? say(
            `With ${integer(users)} users ${resource} was ${integer(percent)} % busy, the first resource that was full${next === '' ? '' : `; next was ${next}`}.`,
            'It is what limits throughput as users are added.',
            'Give the server more of it, or let each request use less.',
          )
        : say(
            `No resource was full with up to ${integer(users)} users; ${resource} came nearest, ${integer(percent)} % busy.`,
            'What limits throughput is not among the resources that are sampled, or was not reached.',
            'Add larger numbers to { over }.',
          ),
  },
  knee_unsure: {
    weight: 'note',
    say: ({ miss_percent }) =>
      say(
        `Throughputs lie ${quantity(miss_percent, '%')} beside the scalability law.`,
        'A knee anywhere would fit them, so none is named.',
        'Raise { duration }, or repeat on a quiet machine.',
      ),
  },
  capacity_beyond: {
    weight: 'weak',
    say: ({ rate, side, reason }) =>
      side === 'above'
        ? say(
            `The objective was kept at every rate up to ${number(rate)}/s${reason ? ` (${plain(reason, 120)})` : ''}.`,
            'The capacity is at least that.',
            'Raise { to }, or load from a larger machine, to find it.',
          )
        : say(
            `The objective was not kept at ${number(rate)}/s, the lowest rate tried: ${plain(reason, 120)}.`,
            'The capacity lies below and is not known.',
            'Lower { from }, or choose an objective that the server can keep.',
          ),
  },
  transport_replaced: {
    weight: 'note',
    say: ({ reason }) =>
      say(
        `The load was sent directly: ${plain(reason)}.`,
        'Both clients measure alike, but results with another transport are not quite the same measurement.',
        'Install the version of autocannon that vitest-perf asks for, or set { transport: "direct" }.',
      ),
  },
  aborted_early: {
    weight: 'wrong',
    say: ({ reason, gate }) =>
      say(
        `The case was stopped early: ${plain(reason)}.`,
        gate === undefined
          ? 'The figures are of the part before that.'
          : 'The gate fails whatever the rest would have been; the figures are of the part before that.',
        'See the first failures of the case.',
      ),
  },
} as const satisfies Entries
