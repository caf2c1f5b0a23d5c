import { fluid, fluidMarks } from './charts/fluid.ts'
import type { Scene } from './charts/scene.ts'
import { escaped, percent } from './charts/svg.ts'
import type { Table } from './detail/case-detail.ts'
import type { Markup } from './markup.ts'
import { html, raw } from './markup.ts'
import type { Panel, Track } from './panels/panel.ts'

/** A chart with its title, its range buttons where it zooms, and its numbers as a table. */
export function figureMarkup(panel: Panel, at: number, place: 'charts' | 'paper' = 'charts'): Markup {
  const { title, note, wide, zooms, table, body } = panel
  const folded = body.kind === 'table'
  return html`<figure class="card${wide ? ' across' : ''}" data-panel="${at}"><figcaption>${title}${note !== '' && html` <span>${note}</span>`}${zooms && rangeButtons()}</figcaption>${bodyMarkup(body)}${table !== null && table.rows.length > 0 && (folded ? tableMarkup(table, title) : place === 'charts' && html`<details><summary>Data table</summary>${tableMarkup(table, title)}</details>`)}</figure>`
} // prettier-ignore

/** A button is seen where there is a script to press it. */
function rangeButtons(): Markup {
  const button = (runs: string, text: string): Markup =>
    html`<button type="button" data-newest="${runs}" aria-pressed="false">${text}</button>`
  return html`<span class="ranges scripted" role="group" aria-label="Runs shown"
    >${[button('20', '20'), button('50', '50'), button('', 'All runs')]}</span
  >`
}

function bodyMarkup(body: Panel['body']): Markup {
  switch (body.kind) {
    case 'scene':
      return raw(fluid(body.scene))
    case 'tracks': {
      const { tracks, more, axis } = body
      const further = more.length > 0 && html`<details><summary>${more.length} further ${more.length === 1 ? 'figure' : 'figures'}</summary>${timeline(more, axis)}</details>` // prettier-ignore
      return html`${timeline(tracks, axis)}${further}`
    }
    case 'table':
      return raw('')
  }
}

function timeline(tracks: readonly Track[], axis: Scene): Markup {
  const rows = tracks.map(({ name, note, scene }) => {
    const svg = `<svg role="img" aria-label="${escaped(scene.label)}" width="100%" height="${scene.height}">${fluidMarks(scene.marks, scene.height)}<line class="axis" x2="100%" y1="${scene.height}" y2="${scene.height}"/></svg>`
    return html`<div class="track">
      <div class="track-name">${name}<span>${note}</span></div>
      <div class="track-plot plot">${raw(svg)}</div>
    </div>`
  })
  return html`<div class="timeline">${phaseNames(axis)}${rows}${timeAxis(axis)}</div>`
}

function phaseNames({ marks }: Scene): Markup {
  const names = marks.flatMap((mark) =>
    mark.kind === 'span' && mark.label && mark.to - mark.from > 0.04
      ? [`<text class="tick" x="${percent((mark.from + mark.to) / 2)}" y="12" text-anchor="middle">${escaped(mark.label)}</text>`]
      : [],
  )
  return names.length ? strip(names.join(''), 16) : raw('')
}

const timeAxis = ({ x }: Scene): Markup =>
  strip(x.map(({ at, label }, index) => `<text class="tick${index % 2 ? ' minor' : ''}" x="${percent(at)}" y="14" text-anchor="middle">${escaped(label)}</text>`).join(''), 20) // prettier-ignore

const strip = (texts: string, height: number): Markup =>
  raw(`<div class="track"><div class="track-name"></div><div class="track-plot"><svg aria-hidden="true" width="100%" height="${height}">${texts}</svg></div></div>`) // prettier-ignore

function tableMarkup({ columns, rows }: Table, title: string): Markup {
  const heads = columns.map((text) => html`<th scope="col">${text}</th>`)
  const lines = rows.map(
    (cells) =>
      html`<tr>
        ${cells.map((text) => html`<td>${text}</td>`)}
      </tr>`,
  )
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title} as a table">
    <table class="data">
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>
  </div>`
}
