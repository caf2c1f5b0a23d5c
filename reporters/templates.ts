import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import Handlebars from 'handlebars'

const own = join(import.meta.dirname, 'templates')

export interface Templates {
  /** A template as a function of its data. A name that the data lacks is an error, not an empty place. */
  readonly template: (name: string, options?: { readonly noEscape?: boolean }) => (data: Record<string, unknown>) => string
  /** A file of the folder as it is: style sheet, script. */
  readonly source: (file: string) => string
}

type Helpers = Readonly<Record<string, (...values: never[]) => unknown>>

/** Our templates, each of which a file of the same name in `folder` replaces. Every template is a partial of the others too. */
export async function templatesIn(folder: string | undefined, helpers: Helpers): Promise<Templates> {
  const sources = new Map([...(await filesIn(own)), ...(folder === undefined ? [] : await filesIn(folder))])
  const engine = Handlebars.create()
  engine.registerHelper(helpers as Handlebars.HelperDeclareSpec)
  for (const [file, text] of sources) if (file.endsWith('.hbs')) engine.registerPartial(file.slice(0, -4), text)
  const source = (file: string): string => {
    const text = sources.get(file)
    if (text === undefined) throw new Error(`There is no template ${file}`)
    return text
  }
  return {
    template: (name, options = {}) => engine.compile(source(`${name}.hbs`), { strict: true, preventIndent: true, ...options }),
    source,
  }
}

async function filesIn(folder: string): Promise<[string, string][]> {
  const files = (await readdir(folder)).filter((file) => /\.(hbs|css|js)$/.test(file))
  return Promise.all(files.map(async (file): Promise<[string, string]> => [file, await readFile(join(folder, file), 'utf8')]))
}
