import type { Reporter } from '../src/report/reporter.ts'
import { documentOf } from './pdf/document.ts'
import { loadPdfmake } from './pdf/load-pdfmake.ts'
import { writerFor } from './pdf/writable.ts'

export interface PdfOptions {
  /** Paths of TrueType or OpenType files, for names in signs that Roboto lacks, such as Japanese. */
  readonly fonts?: { readonly normal: string; readonly bold: string }
  /** Changes pdfmake's document before it is drawn: another first page, a logo, other margins. */
  readonly document?: (definition: Record<string, unknown>) => Record<string, unknown>
}

/** The report on paper: bookmarks, page numbers, the charts of the page, and the same bytes for the same run. Needs pdfmake. */
export function pdfReporter({ fonts, document = (definition) => definition }: PdfOptions = {}): Reporter {
  return {
    file: 'benchmark_report.pdf',
    async render(report) {
      const pdfmake = await loadPdfmake(fonts)
      const { write, lacking } = writerFor(pdfmake.hasGlyph)
      return pdfmake.make(document({ ...documentOf(report, write, lacking) }) as never)
    },
  }
}

export const pdf: Reporter = pdfReporter()
