import type { Better } from '../../src/model/spec.ts'
import type { Reporter } from '../../src/report/reporter.ts'
import { chiefFiguresOf, measuredCases, nameOf, type Figure } from './figures.ts'
import { jsonText } from './json-text.ts'

/**
 * A list for `benchmark-action/github-action-benchmark`. The action has one direction for a whole file, so there is a file for each:
 * `tool: customSmallerIsBetter` and `tool: customBiggerIsBetter`.
 */
function listOf(better: Better, file: string): Reporter {
  return {
    file,
    render: ({ run }) =>
      jsonText(
        measuredCases(run)
          .flatMap(chiefFiguresOf)
          .filter((figure) => figure.better === better)
          .map(entryOf),
      ),
  }
}

export const customSmallerIsBetter: Reporter = listOf('lower', 'custom_smaller_is_better.json')
export const customBiggerIsBetter: Reporter = listOf('higher', 'custom_bigger_is_better.json')

function entryOf({ of, metric, value, unit, interval }: Figure): Record<string, string | number> {
  const reach = interval ? Math.max(interval.high - value, value - interval.low) : undefined
  return {
    name: `${nameOf(of)}.${metric}`,
    unit,
    value,
    ...(reach !== undefined && { range: `± ${Number(reach.toPrecision(3))}` }),
    extra: `${of.identity.name}\n${of.identity.file}:${of.identity.line}`,
  }
}
