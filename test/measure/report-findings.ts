// A process of its own, for tools that are attached to a whole process.
import { measureFunction } from '../../src/measure/measure-function.ts'
import { functionSpec, step } from './function-spec.ts'

const { findings } = await measureFunction(functionSpec(step()))
process.send?.(findings)
