#!/usr/bin/env node
import { Command } from 'commander'
import { against } from './cli/against.ts'
import { baseline } from './cli/baseline.ts'
import { ci } from './cli/ci.ts'
import { compare } from './cli/compare.ts'
import { completion } from './cli/completion.ts'
import { doctor } from './cli/doctor.ts'
import { exitCodeHelp } from './cli/help.ts'
import { init } from './cli/init.ts'
import { open } from './cli/open.ts'
import { report } from './cli/report.ts'
import { run } from './cli/run.ts'
import { serve } from './cli/serve.ts'
import { start } from './cli/start.ts'
import { validate } from './cli/validate.ts'
import { ownVersion } from './cli/version.ts'

const program = new Command('vitest-perf')
  .description('Performance validation inside Vitest.')
  .version(ownVersion(), '-V, --version')
  .addHelpText('after', exitCodeHelp)
  .addCommand(init)
  .addCommand(run)
  .addCommand(against)
  .addCommand(ci)
  .addCommand(compare)
  .addCommand(report)
  .addCommand(validate)
  .addCommand(baseline)
  .addCommand(open)
  .addCommand(doctor)
  .addCommand(serve)
  .addCommand(completion)

await start(program)
