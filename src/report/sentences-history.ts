import { change, changeRange, counted, quantity } from './format.ts'
import { plain } from './plain-text.ts'
import type { Entries } from './sentence.ts'
import { say } from './sentence.ts'

/** What the earlier runs show. */
export const history = {
  level_changed: {
    weight: 'weak',
    size: ({ change_percent }) => Math.abs(change_percent),
    say: ({ metric, unit, change_percent, before, after, commit, previous_commit, runs, state }) =>
      say(
        `${plain(metric, 60)} went from ${plain(quantity(before, unit), 40)} to ${plain(quantity(after, unit), 40)} (${change(change_percent)}) and has stayed there for ${counted(runs, 'run')}.`,
        state === 'confirmed'
          ? 'This is a new level and no single bad run: two methods agree.'
          : 'Two methods call it a new level; five more runs will confirm it or not.',
        whereToLook(previous_commit, commit),
      ),
  },
  creeping: {
    weight: 'weak',
    size: ({ change_percent }) => Math.abs(change_percent),
    say: ({ metric, release, change_percent, low_percent, high_percent }) =>
      say(
        `${plain(metric, 60)} changed by ${change(change_percent)} ${changeRange(low_percent, high_percent)} since ${plain(release, 30)}, in steps too small to be seen one by one.`,
        'No run was bad enough to be stopped, and together they are.',
        isPlainRef(release)
          ? `Compare with the release: npx vitest-perf against ${release}.`
          : 'Compare with the release by vitest-perf against.',
      ),
  },
  history_lines_skipped: {
    weight: 'weak',
    say: ({ lines }) =>
      say(
        `${counted(lines, 'line')} of the history could not be read.`,
        'Their runs are missing from every trend.',
        'Restore the file from version control, or delete the broken lines.',
      ),
  },
} satisfies Entries

function whereToLook(previous: string, commit: string): string {
  if (commit !== '' && previous === commit) return 'The code was the same: look at the machine, at dependencies and at settings.'
  if (isCommit(previous) && isCommit(commit)) return `See what came in: git log ${previous.slice(0, 9)}..${commit.slice(0, 9)} lists it.`
  return isCommit(commit) ? `See what came in up to ${commit.slice(0, 9)}.` : 'See what came in before the first of these runs.'
}

const isCommit = (text: string): boolean => /^[0-9a-f]{7,64}$/i.test(text)

/** May be pasted behind a command as it is: a history is a file that anybody may have written. */
const isPlainRef = (text: string): boolean => /^[\w.+/][\w.+/-]*$/.test(text)
