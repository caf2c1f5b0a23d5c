import { change, counted, number, quantity, range } from './format.ts'
import { plain } from './plain-text.ts'
import type { Entries } from './sentence.ts'
import { say, tell } from './sentence.ts'

/** What sampling, comparing and judging can show. */
export const judging = {
  sampling_unavailable: {
    weight: 'note',
    say: ({ what, reason }) =>
      say(
        `No figures for ${plain(what, 60)}: ${plain(reason)}.`,
        'Nothing is known of it in this run.',
        'Run where it can be sampled, or leave gates on it out.',
      ),
  },
  agent_not_attached: {
    weight: 'note',
    say: ({ reason }) =>
      say(
        `No event-loop, GC and heap figures: ${plain(reason)}.`,
        'The server was sampled from outside only.',
        'Start the server with node, npm or npx.',
      ),
  },
  server_restarted: {
    weight: 'wrong',
    size: ({ times }) => times,
    say: ({ times }) =>
      say(
        `The server was started again ${counted(times, 'time')} during the case.`,
        'The numbers include a cold server.',
        'Read its last output and keep it from ending.',
      ),
  },
  leak: {
    weight: 'wrong',
    size: ({ mb_per_minute }) => mb_per_minute,
    say: ({ mb_per_minute, low, high, points }) =>
      say(
        `The heap that survives collection grew by ${quantity(mb_per_minute, 'MB/min')} (95 %: ${range(low, high, 'MB/min')}, ${counted(points, 'point')}).`,
        'Something is kept that is no longer needed.',
        'Take heap snapshots at both ends of a longer run and compare what was added.',
      ),
  },
  baseline_unusable: {
    weight: 'wrong',
    say: ({ path, reason }) =>
      say(
        `The baseline ${plain(path)} was not used: ${plain(reason)}.`,
        'Nothing was compared.',
        'Restore it from version control, or accept a new one with --update-baseline.',
      ),
  },
  baseline_other_machine: {
    weight: 'weak',
    say: ({ differs }) =>
      say(
        `The baseline is from another machine (${plain(differs)}).`,
        'A difference can be the machine, so nothing was called a regression.',
        'Record a baseline on this machine, or run vitest-perf against.',
      ),
  },
  suite_moved: {
    weight: 'weak',
    say: ({ cases, change_percent }) =>
      say(
        `${counted(cases, 'case')} moved together by ${change(change_percent)}.`,
        'The environment changed, probably not the code; this common factor was taken out of the comparison.',
        'Run vitest-perf against to see both versions on the same machine.',
      ),
  },
  too_few_runs: {
    weight: 'weak',
    size: ({ visible_percent }) => visible_percent,
    say: ({ runs, visible_percent }) =>
      say(
        `${counted(runs, 'earlier run')} to compare with: changes below ${quantity(visible_percent, '%')} cannot be seen.`,
        'A smaller regression would look like no change.',
        'Let more runs gather, or settle it now with vitest-perf against.',
      ),
  },
  guard_worse: {
    weight: 'wrong',
    size: ({ change_percent }) => Math.abs(change_percent),
    say: ({ metric, change_percent, low_percent, high_percent }) =>
      say(
        `${plain(metric, 60)} changed by ${change(change_percent)} (95 %: ${range(low_percent, high_percent, '%')}).`,
        'The usual call is not proven slower; the cost comes with garbage collection or in rare calls.',
        'Look for new allocations or for a slow path that few calls take.',
      ),
  },
  pairs_needed: {
    weight: 'weak',
    size: ({ further }) => further,
    say: ({ pairs, further }) =>
      say(
        `${counted(pairs, 'pair')} of runs left this case open.`,
        'The noise of this machine hides a change of this size.',
        `About ${counted(further, 'more pair')} would settle it: raise --budget, or run on a quieter machine.`,
      ),
  },
  pairs_removed: {
    weight: 'note',
    say: ({ removed, of, covariate, value, usual }) =>
      tell(
        `${counted(removed, 'pair')} of ${number(of)} left out: ${plain(covariate, 40)} was ${number(value)}, usually ${number(usual)}.`,
        'The machine was taken away while they ran; their times were not looked at.',
        'Nothing to do, unless it happens in every run.',
      ),
  },
  environment_changed: {
    weight: 'weak',
    say: ({ cases, share_percent, change_percent, cause }) =>
      say(
        `${number(share_percent)} % of ${counted(cases, 'case')} moved together by ${change(change_percent)}.`,
        cause === 'environment'
          ? 'The control case, the same code on both sides, moved too: the environment changed, so no time was judged.'
          : 'The environment changed, or one change that all of them run through.',
        cause === 'environment'
          ? 'Run it again on a quiet machine.'
          : 'See what both versions have in common: dependencies, flags, start-up.',
      ),
  },
  suite_effect: {
    weight: 'note',
    say: ({ cases, change_percent, low_percent, high_percent }) =>
      tell(
        `The geometric mean of ${counted(cases, 'case')} changed by ${change(change_percent)} (95 %: ${range(low_percent, high_percent, '%')}).`,
        low_percent <= 0 && high_percent >= 0 ? 'As a whole the suite did not move.' : 'As a whole the suite moved.',
        'Nothing to do: verdicts are given by case.',
      ),
  },
  control_rate: {
    weight: 'note',
    say: ({ percent, low, high, pairs }) =>
      (percent > 1 ? say : tell)(
        `The control, the same code on both sides, would be called slower in ${number(percent)} % of comparisons, told by its ${counted(pairs, 'pair')} alone (${range(low, high, '%')}, for all that these leave open of a difference of the sides).`,
        percent > 1
          ? 'This machine made one side slower by itself: doubt what is called slower.'
          : 'So rarely does this machine raise a false alarm.',
        percent > 1 ? 'Run it again on a quieter machine.' : 'Nothing to do.',
      ),
  },
  base_cannot_run: {
    weight: 'note',
    say: ({ reason, pairs }) =>
      pairs === undefined
        ? tell(
            `The base could not run this case: ${plain(reason).replace(/\.$/, '')}.`,
            'It counts as new, and was compared with nothing.',
            'Nothing to do where the case is new; else compare with --bench-from base.',
          )
        : say(
            `In some processes the base could not run this case: ${plain(reason).replace(/\.$/, '')}.`,
            `It was compared in the ${counted(pairs, 'pair')} that both sides measured.`,
            'Find out why base fails now and then: a failure that goes with the time bends a comparison.',
          ),
  },
  failed_in_pairs: {
    weight: 'weak',
    say: ({ reason }) =>
      say(
        `This case failed in a short process of the comparison: ${plain(reason).replace(/\.$/, '')}.`,
        'It ran here, and was compared with nothing.',
        'Make it independent of what ran before it in its file; vitest-perf against shows where it fails.',
      ),
  },
  regression_waived: {
    weight: 'weak',
    say: ({ until, reason }) =>
      say(
        `This is waived until ${plain(until, 20)}: ${plain(reason).replace(/\.$/, '')}.`,
        'It fails no run until then.',
        'Mend it before that day, or accept it with vitest-perf baseline accept.',
      ),
  },
  waiver_expired: {
    weight: 'wrong',
    say: ({ until, reason }) =>
      say(
        `The waiver of this ended with ${plain(until, 20)} (${plain(reason).replace(/\.$/, '')}).`,
        'It counts again.',
        'Mend it, accept it with vitest-perf baseline accept, or give the waiver another day.',
      ),
  },
  waiver_without_case: {
    weight: 'weak',
    say: ({ case: id, did_you_mean }) =>
      say(
        `A waiver is for ${plain(id, 60)}, and no case has such an id.`,
        'It waives nothing.',
        did_you_mean === undefined
          ? 'Remove it, or mend its name.'
          : `Remove it, or mend its name: perhaps ${plain(did_you_mean, 60)} is meant.`,
      ),
  },
  undecided_gate: {
    weight: 'weak',
    say: ({ gate, low, high, threshold, unit = 'n' }) =>
      say(
        `Gate ${plain(gate, 60)} is undecided: the interval ${range(low, high, plain(unit, 20))} holds the threshold ${quantity(threshold, plain(unit, 20))}.`,
        'This run can neither pass nor fail it.',
        'Raise { time } or { duration }, or move the threshold.',
      ),
  },
  shards_machines: {
    weight: 'weak',
    say: ({ machines, differs }) =>
      say(
        `The shards ran on ${counted(machines, 'kind')} of machine (${plain(differs)}).`,
        'Each case was compared with the baseline of its own machine; numbers of two machines say nothing about each other.',
        'Run all shards on machines of one kind.',
      ),
  },
  not_applicable: {
    weight: 'note',
    say: ({ reason, remedy }) => say(`Not applicable here: ${plain(reason)}.`, 'The case has no numbers.', plain(remedy)),
  },
} as const satisfies Entries
