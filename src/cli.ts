#!/usr/bin/env node
import { Command } from 'commander'
import { serve } from './cli/serve.ts'

const program = new Command('vitest-perf').description('Performance validation inside Vitest.').showHelpAfterError()
program.addCommand(serve)
await program.parseAsync()
