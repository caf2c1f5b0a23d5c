// Started by publish.test.ts, which kills it in the middle.
import { reporters } from '../../reporters/index.ts'
import { publish } from '../../src/report/publish.ts'
import { reportOf } from '../../src/report/reporter.ts'
import { passingRun } from './runs.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('no folder was given')
const report = reportOf(passingRun)
const reporting = { json: true, html: true, markdown: true, upload_external: false }
for (;;) {
  await publish(report, { folder, reporting, reporters })
  console.log('published')
}
