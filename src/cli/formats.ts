import { exporters } from '../../reporters/exporters/index.ts'
import { reporters } from '../../reporters/index.ts'
import { didYouMean } from '../model/did-you-mean.ts'
import { PerfError } from '../model/error.ts'
import type { Reporter } from '../report/reporter.ts'

const formats: Readonly<Record<string, Reporter>> = { ...reporters, ...exporters }

/** @throws PerfError USAGE for a name that there is not */
export function formatNamed(name: string): Reporter {
  const reporter = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (reporter) return reporter
  const meant = didYouMean(name, Object.keys(formats))
  throw new PerfError(
    'USAGE',
    `There is no format "${name}"${meant ? `; did you mean ${meant}?` : `; there are ${Object.keys(formats).join(', ')}.`}`,
  )
}
