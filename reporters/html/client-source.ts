import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The page's script is bundled by `npm run build`; a checkout that runs from source takes it from there. */
const place = import.meta.filename.endsWith('.ts') ? '../../dist/reporters/html/client.js' : 'client.js'

export async function clientSource(): Promise<string> {
  try {
    return (await readFile(join(import.meta.dirname, place), 'utf8')).trim()
  } catch (cause) {
    throw new Error('The script of the HTML report is missing: `npm run build` makes it.', { cause })
  }
}
