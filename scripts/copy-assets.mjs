// What tsc does not emit: the Handlebars templates stand beside the code that reads them.
import { cp } from 'node:fs/promises'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
await cp(join(root, 'reporters/templates'), join(root, 'dist/reporters/templates'), { recursive: true })
