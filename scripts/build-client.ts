// The script of the HTML report: one file without imports, made from reporters/html/client and the charts that Node draws too.
import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'

const root = join(import.meta.dirname, '..')
const target = join(root, 'dist/reporters/html/client.js')

/** @returns its text, which was also written beside the built reporters. */
export async function buildClient(): Promise<string> {
  const bundle = await rolldown({
    input: join(root, 'reporters/html/client/main.ts'),
    platform: 'browser',
    tsconfig: join(root, 'reporters/html/client/tsconfig.json'),
    treeshake: { moduleSideEffects: (id) => id.endsWith('client/main.ts') },
  })
  const { output } = await bundle.generate({ format: 'iife', minify: true, comments: false, sourcemap: false })
  await bundle.close()
  const [{ code }] = output
  if (/<\/script|<!--/i.test(code)) throw new Error('The script of the HTML report would end its own element.')
  await mkdir(dirname(target), { recursive: true })
  const unfinished = `${target}.${randomUUID().slice(0, 8)}`
  await writeFile(unfinished, code)
  await rename(unfinished, target)
  return code
}

if (import.meta.main) await buildClient()
