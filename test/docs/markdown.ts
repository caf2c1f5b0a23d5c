import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

export interface Document {
  /** Relative to the root of the project. */
  readonly file: string
  readonly text: string
}

export function documents(): Document[] {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
  return ['README.md', ...docs.map((name) => `docs/${name}`)].map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}

/** A fenced block of code. */
export interface Block {
  readonly file: string
  /** Of the first line of the code, from 1. */
  readonly line: number
  readonly language: string
  readonly text: string
  /** Code that the block needs and readers do not: it stands in a comment right above the fence, `<!-- code before: … -->`. */
  readonly before: string
}

export function blocksOf({ file, text }: Document): Block[] {
  const lines = text.split('\n')
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; at++) {
    const [, indent = '', fence = '', language = ''] = /^( *)(`{3,}|~{3,})\s*(.*)$/.exec(lines[at] ?? '') ?? []
    if (fence === '') continue
    const end = lines.findIndex((line, index) => index > at && line.trim() === fence)
    const last = end === -1 ? lines.length : end
    const code = lines.slice(at + 1, last).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    blocks.push({ file, line: at + 2, language: language.trim(), text: code.join('\n'), before: before(lines.slice(0, at)) })
    at = last
  }
  return blocks
}

function before(above: readonly string[]): string {
  return /<!-- code before:\s*((?:(?!-->)[\s\S])*?)\s*-->\n?$/.exec(above.join('\n'))?.[1] ?? ''
}

/** Code within a line, outside of blocks, with the line it stands in. */
export function inlineCode({ text, file }: Document): { file: string; line: number; text: string }[] {
  let fence = ''
  return text.split('\n').flatMap((line, index) => {
    const mark = /^ *(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark !== undefined && (fence === '' || line.trim() === fence)) {
      fence = fence === '' ? mark : ''
      return []
    }
    return fence === '' ? [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => ({ file, line: index + 1, text: code })) : []
  })
}
