import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { didYouMean } from '../src/model/did-you-mean.ts'
import { PerfError } from '../src/model/error.ts'

const own = join(import.meta.dirname, 'templates')

export interface Templates {
  /** A template as a function of its data. A name that the data lacks is an error, not an empty place. */
  readonly template: (name: string, options?: { readonly noEscape?: boolean }) => (data: Record<string, unknown>) => string
  /** A file of the folder as it is: style sheet, script. */
  readonly source: (file: string) => string
}

type Helpers = Readonly<Record<string, (...values: never[]) => unknown>>

/**
 * Our templates, each of which a file of the same name in `folder` replaces. Every template is a partial of the others too.
 *
 * @throws PerfError TEMPLATES_UNUSABLE
 */
export async function templatesIn(folder: string | undefined, helpers: Helpers): Promise<Templates> {
  const ours = await filesIn(own)
  const theirs = folder === undefined ? [] : await filesOf(folder)
  const sources = new Map([...ours, ...theirs])
  for (const [file] of theirs) refuseUnused(file, ours, theirs)
  const engine = Handlebars.create()
  engine.registerHelper(helpers as Handlebars.HelperDeclareSpec)
  for (const [file, text] of sources) if (file.endsWith('.hbs')) engine.registerPartial(file.slice(0, -4), text)
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]))
  const source = (file: string): string => {
    const text = sources.get(file)
    if (text === undefined) throw new Error(`There is no template ${file}`)
    return text
  }
  return {
    template: (name, options = {}) =>
      engine.compile(source(`${name}.hbs`), { strict: true, preventIndent: true, knownHelpersOnly: true, knownHelpers, ...options }),
    source,
  }
}

type Files = readonly (readonly [file: string, text: string])[]

async function filesOf(folder: string): Promise<Files> {
  return filesIn(folder).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such folder' : cause.code === 'ENOTDIR' ? 'it is no folder' : cause.message
    throw new PerfError('TEMPLATES_UNUSABLE', `The templates in ${folder} cannot be read: ${reason}.`, { cause })
  })
}

/** A slip in the name of a file would leave the template as it was, without a word. */
function refuseUnused(file: string, ours: Files, theirs: Files): void {
  if (ours.some(([name]) => name === file)) return
  const partial = file.replace(/\.hbs$/, '')
  const uses = theirs.flatMap(([, text]) => Array.from(text.matchAll(/\{\{~?#?>\s*(\(|["'[]?)([\w./-]*)/g)))
  // Which partial a name in brackets is, is known when it is drawn.
  if (uses.some(([, sign, name]) => sign === '(' || name === partial)) return
  const meant = didYouMean(file, ours.map(([name]) => name)) // prettier-ignore
  throw new PerfError('TEMPLATES_UNUSABLE', `${file} replaces no template, and none uses it${meant ? `; did you mean ${meant}?` : '.'}`, { place: { file } })
} // prettier-ignore

async function filesIn(folder: string): Promise<[string, string][]> {
  const files = (await readdir(folder)).filter((file) => /\.(hbs|css)$/.test(file))
  return Promise.all(files.map(async (file): Promise<[string, string]> => [file, await readFile(join(folder, file), 'utf8')]))
}
