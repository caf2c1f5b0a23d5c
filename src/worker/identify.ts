import { relative, sep } from 'node:path'
import type { TestContext } from 'vitest'
import { caseId, slug } from '../model/case-id.ts'
import type { CaseIdentity, CaseKind } from '../model/spec.ts'
import { workerConfig } from './worker-config.ts'

interface Named {
  readonly name: string
  readonly id?: string | undefined
  readonly kind: CaseKind
}

/** Who a case is, from the test that runs it. */
export function identify(task: TestContext['task'], { name, id, kind }: Named): CaseIdentity {
  const file = relative(workerConfig().root, task.file.filepath).split(sep).join('/')
  const line = task.location?.line ?? 0
  const ownId = caseId(name, id, { file, line })
  return { id: ownId, operation: ownId, suite: suiteName(task), name, file, line, kind, project: task.file.projectName ?? '' }
}

/** A native benchmark: its test gives id and name, with the benchmark's own name where that says more. */
export function identifyNative(task: TestContext['task'], benchmark: string): CaseIdentity {
  const test = slug(task.fullTestName)
  const own = slug(benchmark)
  const saidByTest = own === slug(task.name) || test.endsWith(own)
  return identify(task, {
    name: saidByTest ? task.name : `${task.name} ${benchmark}`,
    id: saidByTest ? test : `${test}_${own}`,
    kind: 'function',
  })
}

function suiteName(task: TestContext['task']): string {
  const names: string[] = []
  for (let suite = task.suite; suite; suite = suite.suite) names.unshift(suite.name)
  return names.join(' > ')
}
