import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { documents, root, type Document } from './markdown.ts'

const read = (file: string): Document => ({ file, text: readFileSync(join(root, file), 'utf8') })
const all = [...documents(), read('ARCHITECTURE.md'), read('CHANGELOG.md')]

/** As GitHub makes them of headings, and those that are set by hand. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const headings = [...withoutCode(text).matchAll(/^#{1,6} (.*)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replaceAll(/<[^>]*>|[`*]/g, '')
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .trim()
      .replaceAll(' ', '-')
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times}`
  })
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)])
}

function withoutCode(text: string): string {
  return text.replaceAll(/^ *(`{3,})[\s\S]*?^ *\1$/gm, '')
}

function linksOf({ text }: Document): string[] {
  return [
    ...withoutCode(text)
      .replaceAll(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ].map(([, target = '']) => target)
}

function broken(documents: readonly Document[]): string[] {
  return documents.flatMap((document) =>
    linksOf(document)
      .filter((link) => !link.startsWith('https://'))
      .flatMap((link) => {
        const [path = '', anchor] = link.split('#')
        const file = path === '' ? document.file : normalize(join(dirname(document.file), path))
        if (!existsSync(join(root, file))) return [`${document.file}: ${link}`]
        const target = path === '' ? document.text : anchor === undefined ? '' : read(file).text
        return anchor === undefined || anchorsOf(target).has(anchor) ? [] : [`${document.file}: ${link}`]
      }),
  )
}

describe('the documents', () => {
  it('link to what is there, down to the heading', () => {
    expect(all.flatMap(linksOf).length).toBeGreaterThan(40)
    expect(broken(all)).toEqual([])
  })

  it('are all listed in README.md', () => {
    const listed = new Set(linksOf(read('README.md')).map((link) => link.split('#')[0]))
    expect(
      documents()
        .filter(({ file }) => file !== 'README.md' && !listed.has(file))
        .map(({ file }) => file),
    ).toEqual([])
  })

  it('are not excused by a check that finds nothing', () => {
    const text = '# A b: `c`\n\n[a](#a-b-c) [b](#a-b) [c](docs/nothing.md) [d](docs/cli.md#no-such-heading) [e](https://example.com)\n'
    expect(broken([{ file: 'README.md', text }])).toEqual([
      'README.md: #a-b',
      'README.md: docs/nothing.md',
      'README.md: docs/cli.md#no-such-heading',
    ])
  })
})
