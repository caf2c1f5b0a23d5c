import type { PanelContext } from '../panels/panel.ts'

type Zoom = Pick<PanelContext, 'newest' | 'range'>

/** What an address says of a trend. One that fits no run says nothing. */
export function zoomIn(text: string, count: number): Zoom {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? []
  if (from !== undefined && to !== undefined) {
    const range = [Number(from), Math.min(Number(to), count - 1)] as const
    return range[0] < range[1] ? { range } : {}
  }
  const newest = /^\d+$/.test(text) ? Number(text) : 0
  return newest > 1 ? { newest } : {}
}

export const zoomText = ({ newest, range }: Zoom): string => (range ? range.join('-') : newest === undefined ? '' : String(newest))
