import { withoutEscapes } from '../../src/model/escape-sequences.ts'

export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number | undefined>>
  readonly children?: readonly (Element | string)[]
}

export const element = (name: string, attributes: Element['attributes'], children: Element['children'] = []): Element => ({
  name,
  attributes,
  children,
})

export const xmlDocument = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}\n`

function write({ name, attributes, children = [] }: Element, indent: string): string {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${attribute(String(value))}"`)
    .join('')
  if (children.length === 0) return `${indent}<${name}${list}/>`
  if (children.every((child) => typeof child === 'string')) return `${indent}<${name}${list}>${children.map(text).join('')}</${name}>`
  const inner = children.map((child) => (typeof child === 'string' ? text(child) : write(child, `${indent}  `)))
  return `${indent}<${name}${list}>\n${inner.join('\n')}\n${indent}</${name}>`
}

// XML 1.0 cannot hold these, not even as references.
// eslint-disable-next-line no-control-regex -- naming them is the point
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
const legal = (value: string): string => withoutEscapes(value.toWellFormed()).replace(forbidden, '\ufffd')

const text = (value: string): string =>
  legal(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;')
const attribute = (value: string): string => text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
