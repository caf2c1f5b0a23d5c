import { TestRunner, type TestContext } from 'vitest'

/** Ends a case as `not_applicable`: it has no numbers, and the report says why and what would make it run. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable'
}

/** Cases whose fixtures stand: from then on {@link NotApplicable} is caught by who runs them. */
const begun = new WeakSet<TestContext['task']>()

export function caseBegins(task: TestContext['task']): void {
  begun.add(task)
}

/**
 * Say that a case cannot run here: `notApplicable('no PostgreSQL: set DATABASE_URL')`. Call it in a body or a fixture.
 *
 * @throws always
 */
export function notApplicable(reason: string): never {
  const test = TestRunner.getCurrentTest()
  // A fixture that throws would fail the test before the case is run: Vitest is told itself, and the main process reads the note.
  if (test && !begun.has(test)) test.context.skip(`not applicable: ${reason}`)
  throw new NotApplicable(reason)
}
