#!/usr/bin/env node
import { program } from './cli/program.ts'
import { start } from './cli/start.ts'

await start(program)
