import { bulletChart } from './charts/bullet.ts'
import { changeAxis, changeRow, changeScale } from './charts/change.ts'
import { panelOf } from './panels/index.ts'
import type { PanelContext } from './panels/panel.ts'
import type { CaseDetail, JudgedRow } from './detail/case-detail.ts'
import { figureMarkup } from './figure-markup.ts'
import type { Markup } from './markup.ts'
import { html, raw } from './markup.ts'

/** The page of a case, the same in Node and in the browser. `words`: a page without a script shows the first cases without charts; `paper`: charts, and nothing to unfold. */
export function caseMarkup(detail: CaseDetail, context: PanelContext, charts: 'charts' | 'words' | 'paper' = 'charts'): Markup {
  const { errors, judged, change, findings, failures, metrics, panels } = detail
  return html`${head(detail)}${hero(detail)}
${errors.length > 0 && card('What went wrong', errors.map(errorMarkup))}
${keyFigures(detail)}
${beside(
  judged.length > 0 && card('Gates and service objectives', [html`<div class="rows">${judged.map(judgedMarkup)}</div>`]),
  change !== null && changeCard(change),
  findings.length > 0 && card('Findings', [html`<ul class="findings">${findings.map(({ weight, text, todo }) => html`<li class="${weight}"><strong>${todo}</strong> ${text}</li>`)}</ul>`]),
)}
${charts !== 'words' && html`<div class="panels">${panels.map((data, at) => figureMarkup(panelOf(data, context), at, charts))}</div>`}
${failures.length > 0 && card('First failures', failures.map(({ title, message, body }) => html`<div class="failure"><b>${title}</b> ${message}${body !== '' && html`<pre tabindex="0">${body}</pre>`}</div>`))}
${charts === 'charts' && metrics.length > 0 && metricsTable(metrics)}`
} // prettier-ignore

const card = (title: string, parts: readonly Markup[]): Markup =>
  html`<section class="card">
    <h3>${title}</h3>
    ${parts}
  </section>`

/** What was decided on the left, why on the right. */
function beside(judged: Markup | false, ...reasons: readonly (Markup | false)[]): Markup {
  const right = reasons.filter((part) => part !== false)
  if (!judged && !right.length) return raw('')
  return html`<div class="columns">${judged !== false && html`<div>${judged}</div>`}${right.length > 0 && html`<div>${right}</div>`}</div>`
}

function head({ suite, name, mark }: CaseDetail): Markup {
  const path = suite !== '' && html`<span class="suite">${suite} / </span>`
  return html`<div class="case-head">
    <h2 tabindex="-1">${path}${name}</h2>
    <span class="state ${mark.tone}"><i aria-hidden="true">${mark.glyph}</i> ${mark.word}</span>
  </div>`
}

function hero({ mark, hero, line, reason, place, repeat }: CaseDetail): Markup {
  const big = hero || reason
  const command = repeat !== '' && html`<p class="repeat"><span>Repeat</span> <code>${repeat}</code></p>`
  return html`<div class="hero ${mark.tone}">
    <div>
      ${big !== '' && html`<p class="big">${big}</p>`}${line !== '' && html`<p>${line}</p>`}
      <p class="dim">${place}</p>
    </div>
    ${command}
  </div>`
}

export function errorMarkup({ message, lines }: CaseDetail['errors'][number]): Markup {
  return html`<div class="error">
    <p>${message}</p>
    ${lines.length > 0 && html`<pre tabindex="0">${lines.join('\n')}</pre>`}
  </div>`
}

function keyFigures({ figures }: CaseDetail): Markup {
  const tiles = figures.map(({ label, value, interval, meaning }) => {
    const small = interval !== '' && html`<small>${interval}</small>`
    return html`<div>
      <dt title="${meaning}">${label}</dt>
      <dd>${value}${small}</dd>
    </div>`
  })
  return tiles.length ? html`<dl class="tiles key">${tiles}</dl>` : raw('')
}

export function judgedMarkup({ mark, name, detail, actual, wanted, message, bullet, outcome }: JudgedRow): Markup {
  const chart = bullet ? raw(bulletChart(bullet, outcome)) : ''
  return html`<div class="row">
    <span class="state ${mark.tone}" title="${mark.word}"
      ><i aria-hidden="true">${mark.glyph}</i><span class="hidden">${mark.word}</span></span
    ><span class="what"><b>${name}</b><small>${detail}</small></span
    ><span class="figure ${outcome === 'met' ? '' : mark.tone}">${actual}</span><span class="wanted">${wanted}</span
    ><span class="chart">${chart}</span>${message !== '' && html`<small class="message">${message}</small>`}
  </div>`
}

function changeCard({ title, values, text, interval, tone, key, note, effect }: NonNullable<CaseDetail['change']>): Markup {
  const scale = changeScale([effect])
  return html`<section class="card">
    <h3>${title}</h3>
    <div class="forest single">
      <div class="forest-row">
        <span class="name">${values}</span><span>${raw(`${changeAxis(scale)}${changeRow(effect, key, scale, 'grid')}`)}</span
        ><span class="figure ${tone}">${text}<small>${interval}</small></span>
      </div>
    </div>
    <p class="dim">${note}</p>
  </section>`
}

function metricsTable(metrics: CaseDetail['metrics']): Markup {
  const rows = metrics.map(
    ([name, value, interval]) =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${value}</td>
        <td>${interval}</td>
      </tr>`,
  )
  return html`<details class="card">
    <summary>${metrics.length === 1 ? 'The metric' : `All ${metrics.length} metrics`}</summary>
    <table class="data">
      <thead>
        <tr>
          <th scope="col">metric</th>
          <th scope="col">value</th>
          <th scope="col">95 % interval</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </details>`
}
