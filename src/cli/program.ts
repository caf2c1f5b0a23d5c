import { Command } from 'commander'
import { against } from './against.ts'
import { baseline } from './baseline.ts'
import { ci } from './ci.ts'
import { comment } from './comment.ts'
import { compare } from './compare.ts'
import { completion } from './completion.ts'
import { doctor } from './doctor.ts'
import { exitCodeHelp } from './help.ts'
import { history } from './history.ts'
import { init } from './init.ts'
import { merge } from './merge.ts'
import { open } from './open.ts'
import { report } from './report.ts'
import { run } from './run.ts'
import { serve } from './serve.ts'
import { validate } from './validate.ts'
import { ownVersion } from './version.ts'

/** Every command of `vitest-perf`. */
export const program: Command = new Command('vitest-perf')
  .description('Performance validation inside Vitest.')
  .version(ownVersion(), '-V, --version')
  .addHelpText('after', exitCodeHelp)
  .addCommand(init)
  .addCommand(run)
  .addCommand(against)
  .addCommand(ci)
  .addCommand(merge)
  .addCommand(comment)
  .addCommand(compare)
  .addCommand(report)
  .addCommand(validate)
  .addCommand(baseline)
  .addCommand(history)
  .addCommand(open)
  .addCommand(doctor)
  .addCommand(serve)
  .addCommand(completion)
