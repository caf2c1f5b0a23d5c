import type { CaseDetail } from '../detail/case-detail.ts'
import { figureMarkup } from '../figure-markup.ts'
import { panelOf } from '../panels/index.ts'
import type { Panel, PanelContext, Track } from '../panels/panel.ts'
import { crosshair, fractionAt, type Plot } from './crosshair.ts'
import { all, nodesOf, one } from './dom.ts'
import { zoomText } from './zoom.ts'

type Zoomed = (zoom: string) => void

/** Makes the charts of an opened case answer: crosshair, and ranges where they zoom. */
export function enliven(detail: CaseDetail, within: ParentNode, context: PanelContext, zoomed: Zoomed): void {
  for (const figure of all('figure[data-panel]', within)) attach(figure, detail, context, zoomed)
}

function attach(figure: HTMLElement, detail: CaseDetail, context: PanelContext, zoomed: Zoomed): void {
  const data = detail.panels[Number(figure.dataset['panel'])]
  if (!data) return
  const panel = panelOf(data, context)
  for (const group of groupsOf(panel, figure)) crosshair(group)
  if (panel.zooms) zoomable(figure, detail, context, zoomed)
}

function groupsOf({ body }: Panel, figure: HTMLElement): Plot[][] {
  const plots = all('.plot', figure)
  const scenes = (tracks: readonly Track[], from: number): Plot[] =>
    tracks.flatMap(({ scene }, at) => {
      const element = plots[from + at]
      return element && scene.probe ? [{ element, probe: scene.probe }] : []
    })
  switch (body.kind) {
    case 'scene': {
      const [element] = plots
      return element && body.scene.probe ? [[{ element, probe: body.scene.probe }]] : []
    }
    case 'tracks':
      return [scenes(body.tracks, 0), scenes(body.more, body.tracks.length)]
    case 'table':
      return []
  }
}

function zoomable(figure: HTMLElement, detail: CaseDetail, context: PanelContext, zoomed: Zoomed): void {
  const { runs, newest, range } = context
  const redraw = (next: PanelContext): HTMLElement | null => {
    const data = detail.panels[Number(figure.dataset['panel'])]
    if (!data) return null
    const fresh = nodesOf(figureMarkup(panelOf(data, next), Number(figure.dataset['panel']))).firstElementChild as HTMLElement
    figure.replaceWith(fresh)
    attach(fresh, detail, next, zoomed)
    zoomed(zoomText(next))
    return fresh
  }
  for (const button of all<HTMLButtonElement>('[data-newest]', figure)) {
    const wanted = button.dataset['newest']
    button.setAttribute('aria-pressed', String(!range && (wanted ? Number(wanted) : undefined) === newest))
    button.addEventListener('click', () => {
      const fresh = redraw({ runs, ...(wanted ? { newest: Number(wanted) } : {}) })
      one(`[data-newest="${wanted}"]`, fresh ?? document)?.focus()
    })
  }
  const plot = one('.plot', figure)
  if (!plot) return
  const data = detail.panels[Number(figure.dataset['panel'])]
  const first = data?.kind === 'trend' ? data.from : 0
  const shown = range ?? [Math.max(first, newest === undefined ? 0 : runs.length - newest), runs.length - 1]
  const runAt = (fraction: number): number => Math.round(shown[0] + Math.min(1, Math.max(0, fraction)) * (shown[1] - shown[0]))
  plot.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    const from = runAt(fractionAt(plot, event.clientX))
    const drag = new AbortController()
    const { signal } = drag
    const end = ({ pointerId, clientX }: PointerEvent): void => {
      if (pointerId !== event.pointerId) return
      drag.abort()
      const to = runAt(fractionAt(plot, clientX))
      if (Math.abs(to - from) >= 3) redraw({ runs, range: [Math.min(from, to), Math.max(from, to)] })
    }
    addEventListener('pointerup', end, { signal })
    // A finger that scrolls the page has no pointerup: the drag must not wait for the next tap.
    addEventListener('pointercancel', ({ pointerId }) => pointerId === event.pointerId && drag.abort(), { signal })
  })
  plot.addEventListener('dblclick', () => redraw({ runs }))
}
