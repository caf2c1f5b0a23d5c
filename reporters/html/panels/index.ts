import type { PanelData } from '../detail/case-detail.ts'
import { ecdfPanel, percentilesPanel } from './distribution.ts'
import type { Panel, PanelContext } from './panel.ts'
import { capacityPanel, concurrencyPanel, growthPanel } from './scaling.ts'
import { sequencePanel } from './sequence.ts'
import { timelinePanel } from './timeline.ts'
import { trendPanel } from './trend.ts'

/** The chart that some data of a case is drawn as. */
export function panelOf(data: PanelData, context: PanelContext): Panel {
  switch (data.kind) {
    case 'trend':
      return trendPanel(data, context)
    case 'percentiles':
      return percentilesPanel(data)
    case 'ecdf':
      return ecdfPanel(data)
    case 'sequence':
      return sequencePanel(data)
    case 'growth':
      return growthPanel(data)
    case 'concurrency':
      return concurrencyPanel(data)
    case 'capacity':
      return capacityPanel(data)
    case 'timeline':
      return timelinePanel(data)
    case 'table':
      return { title: data.title, note: '', wide: false, zooms: false, body: { kind: 'table' }, table: data.table }
  }
}
