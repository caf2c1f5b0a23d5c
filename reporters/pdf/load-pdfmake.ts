import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TDocumentDefinitions } from 'pdfmake/interfaces.js'

export interface PdfFonts {
  readonly normal: string
  readonly bold: string
}

export interface PdfMaker {
  readonly hasGlyph: (codePoint: number) => boolean
  make(definition: TDocumentDefinitions): Promise<Uint8Array>
}

type Make = typeof import('pdfmake') & {
  setUrlAccessPolicy(allowed: (url: string) => boolean): void
  setLocalAccessPolicy(allowed: (path: string) => boolean): void
}

/** pdfmake is loaded when a PDF is wanted: it takes 40 MB on disk, and most runs want none. */
export async function loadPdfmake(own: PdfFonts | undefined): Promise<PdfMaker> {
  const require = createRequire(import.meta.url)
  const shared = await importPdfmake()
  // An instance of our own: what we deny and allow is not for whoever else uses the package.
  const pdfmake = new (shared.constructor as new () => Make)()
  const folder = join(dirname(require.resolve('pdfmake/package.json')), 'fonts/Roboto')
  const files = own ?? { normal: join(folder, 'Roboto-Regular.ttf'), bold: join(folder, 'Roboto-Medium.ttf') }
  pdfmake.setFonts({ Report: { ...files, italics: files.normal, bolditalics: files.bold } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path === files.normal || path === files.bold)
  return {
    hasGlyph: glyphsOf(files.normal, require),
    make: async (definition) => pdfmake.createPdf(definition).getBuffer(),
  }
}

async function importPdfmake(): Promise<Make> {
  try {
    const { default: pdfmake } = (await import('pdfmake')) as unknown as { default: Make }
    return pdfmake
  } catch (cause) {
    // Plug'n'Play says it without the ERR_.
    if (!/^(ERR_)?MODULE_NOT_FOUND$/.test((cause as NodeJS.ErrnoException).code ?? '')) throw cause
    throw new Error('A PDF needs the package pdfmake: npm i -D pdfmake', { cause })
  }
}

interface Fontkit {
  openSync(path: string): { hasGlyphForCodePoint(codePoint: number): boolean }
}

// fontkit is what pdfmake itself draws with, two packages down.
function glyphsOf(file: string, require: NodeJS.Require): PdfMaker['hasGlyph'] {
  const within = createRequire(createRequire(require.resolve('pdfmake')).resolve('pdfkit'))
  const font = (within('fontkit') as Fontkit).openSync(file)
  return (codePoint) => font.hasGlyphForCodePoint(codePoint)
}
