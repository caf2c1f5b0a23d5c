import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Code for the page is text: the compiler of this project knows Node, not the DOM.
const axe = `(async () => {
  const { violations, passes } = await axe.run({ resultTypes: ['violations'] })
  return { looked: passes.length, bad: violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => impact + ' ' + id + ': ' + html.slice(0, 160))) }
})()`

/** What axe finds, as `impact rule: element`. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated by the browser's debugger, which the policy of the page does not bind.
  await page.evaluate(axeSource)
  const { looked, bad } = await page.evaluate<{ looked: number; bad: string[] }>(axe)
  expect(looked).toBeGreaterThan(10)
  return bad
}

// axe does not look into SVG: each text there against every ground that it stands on, by WCAG 2.2 (4.5 to 1); lines and marks that carry
// values against the ground of their chart (3 to 1).
const contrast = `(() => {
  const channels = (color) => color.match(/[\\d.]+/g).map(Number)
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const luminance = (color) => channels(color).slice(0, 3).reduce((sum, value, at) => sum + linear(value / 255) * [0.2126, 0.7152, 0.0722][at], 0)
  const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05)
  const seen = (element) => element.getClientRects().length > 0
  const background = (element) => {
    const color = getComputedStyle(element).backgroundColor
    return channels(color)[3] === 0 ? background(element.parentElement) : color
  }
  const outer = (element) => { const svg = element.ownerSVGElement; return svg ? outer(svg) : element }
  const grounds = (element) => {
    const box = element.getBoundingClientRect()
    const under = [...outer(element).querySelectorAll('.shade, .ground')].filter((shade) => {
      const other = shade.getBoundingClientRect()
      return box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom
    })
    return [background(outer(element)), ...under.map((shade) => getComputedStyle(shade).fill)]
  }
  const low = (element, ink, least) => grounds(element).filter((ground) => ratio(ink, ground) < least).map((ground) => (element.textContent || element.getAttribute('class')) + ': ' + ink + ' on ' + ground)
  const texts = [...document.querySelectorAll('svg text')].filter(seen)
  const lines = [...document.querySelectorAll('svg :is(.line, .rule, .ring, .limit)')].filter(seen)
  const solids = [...document.querySelectorAll('svg :is(.circle, .bar)')].filter(seen)
  return {
    texts: texts.length,
    marks: lines.length + solids.length,
    low: [...new Set([
      ...texts.flatMap((text) => low(text, getComputedStyle(text).fill, 4.5)),
      ...lines.flatMap((line) => low(line, getComputedStyle(line).stroke, 3)),
      ...solids.flatMap((mark) => low(mark, getComputedStyle(mark).fill, 3)),
    ])],
  }
})()`

interface Contrast {
  readonly texts: number
  readonly marks: number
  readonly low: readonly string[]
}

/** What cannot be told from the ground it is drawn on. */
export const faintInCharts = (page: Page): Promise<Contrast> => page.evaluate<Contrast>(contrast)
