import type { Content } from 'pdfmake/interfaces.js'
import { counted } from '../../src/report/format.ts'
import type { View } from '../../src/report/view.ts'
import type { CaseDetail } from '../html/detail/case-detail.ts'
import type { Scene } from '../html/charts/scene.ts'
import { panelOf } from '../html/panels/index.ts'
import type { Panel, PanelContext, Track } from '../html/panels/panel.ts'
import type { Write } from './blocks.ts'
import { box, grid, heading, pageWidth, toned } from './blocks.ts'
import { fixedSvg, inks, paper } from './fixed-svg.ts'

const mostRows = 500
const mostMissing = 100

/** Cases that want attention, then the others in order, as many as a reader turns pages for. */
export function caseTable({ cases, missing }: View, write: Write): Content[] {
  if (!cases.length) return []
  const compared = cases.some(({ change }) => change)
  const rows = cases.slice(0, mostRows).map(({ mark, suite, name, value, change, interval, p95, rate }) => [
    toned(mark.word, mark.tone), write(suite ? `${suite} / ${name}` : name), write(value),
    ...(compared ? [write(change?.base ?? '–'), toned(write(change?.text ?? '–'), change?.mark.tone ?? 'quiet'), write(change?.interval ?? '')] : [write(interval), write(rate)]),
    write(p95),
  ]) // prettier-ignore
  const gone = missing
    .slice(0, mostMissing)
    .map(({ id, change }) => [toned('missing', 'bad'), write(id), '–', ...(compared ? [write(change.base), '', ''] : ['', '']), '–'])
  const right = (title: string, width: number): { title: string; width: number; right: true } => ({ title, width, right: true })
  const columns = [
    { title: '', width: 56 }, { title: 'case', width: '*' as const }, right('result', 52),
    ...(compared ? [right('base', 52), right('change', 46), right('95 % interval', 78)] : [right('95 % interval', 90), right('rate', 60)]), right('p95', 52),
  ] // prettier-ignore
  const more = cases.length - rows.length
  return [
    heading('All cases', 1, { newPage: true }),
    grid(columns, [...gone, ...rows]),
    ...(missing.length > gone.length
      ? [{ text: `${counted(missing.length - gone.length, 'more missing case')} in benchmark_report.html.`, color: paper.dim, fontSize: 8 }]
      : []),
    ...(more > 0
      ? [{ text: `${counted(more, 'more case')}, none of them worse, in benchmark_report.html.`, color: paper.dim, fontSize: 8 }]
      : []),
  ]
}

/** The page of a case, as the interactive report has it. */
export function casePage(detail: CaseDetail, context: PanelContext, write: Write): Content[] {
  const { suite, name, mark, hero, reason, line, place, repeat, errors, figures, findings, panels } = detail
  const edge = mark.tone === 'quiet' ? paper.rule : inks[mark.tone]
  const tiles = figures.map(({ label, value, interval }) => [write(label), write(value), write(interval)])
  return [
    heading(write(suite ? `${suite} / ${name}` : name), 1, { newPage: true, within: 'attention' }),
    box(
      [
        { text: [toned(`${mark.word}  `, mark.tone), { text: write(hero || reason), bold: true }], fontSize: 11 },
        ...(line ? [{ text: write(line) }] : []),
        { text: write(place), color: paper.dim, fontSize: 8 },
        ...(repeat ? [{ text: write(repeat), color: paper.dim, fontSize: 8 }] : []),
      ],
      edge,
    ),
    ...errors.slice(0, 3).map((error): Content => ({ stack: [{ text: write(error.message), bold: true, color: inks.bad }, ...error.lines.slice(0, 20).map((text) => ({ text: write(text), fontSize: 7.5, color: paper.dim }))], margin: [0, 0, 0, 8] })),
    ...(tiles.length ? [grid([{ title: 'metric', width: '*' }, { title: 'value', width: 90, right: true }, { title: '95 % interval', width: 130, right: true }], tiles)] : []),
    ...findings.map(({ text, todo }): Content => ({ text: [{ text: `${write(todo)} `, bold: true }, write(text)], margin: [0, 4, 0, 0] })),
    ...inPairs(panels.map((data) => panelOf(data, context))).map((pair) => figuresOf(pair, write)),
  ]
} // prettier-ignore

/** Half of the height on the page: paper is read closer. */
const paperHeight = 0.55
const between = 15

/** Narrow charts stand two and two, as on the page. */
function inPairs(panels: readonly Panel[]): Panel[][] {
  const rows: Panel[][] = []
  for (const panel of panels.filter(({ body }) => body.kind !== 'table')) {
    const last = rows.at(-1)
    if (!panel.wide && last?.length === 1 && !last[0]?.wide) last.push(panel)
    else rows.push([panel])
  }
  return rows
}

function figuresOf(pair: readonly Panel[], write: Write): Content {
  const width = pair[0]?.wide ? pageWidth : (pageWidth - between) / 2
  return {
    columns: pair.map((panel) => ({ width, stack: figureOf(panel, width, write) })),
    columnGap: between,
    unbreakable: true,
  }
}

function figureOf({ title, note, body }: Panel, width: number, write: Write): Content[] {
  if (body.kind === 'table') return []
  const caption: Content = { text: [{ text: write(title), bold: true }, { text: `  ${write(note)}`, color: paper.dim, fontSize: 8 }], margin: [0, 10, 0, 2] }
  const svgs = body.kind === 'scene'
    ? [fixedSvg({ ...body.scene, height: Math.round(body.scene.height * paperHeight) }, width, write)]
    : body.tracks.map((track, at) => trackSvg(track, at === body.tracks.length - 1 ? body.axis.x : [], write))
  return [caption, ...svgs.map((svg) => ({ svg, width }))]
} // prettier-ignore

/** A track with its name where a chart has its upper tick. */
function trackSvg({ name, note, scene }: Track, x: Scene['x'], write: Write): string {
  const named = { ...scene, height: 22, x, caption: `${name} ${note}` }
  return fixedSvg(named, pageWidth, write)
}
