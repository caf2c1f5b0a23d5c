import { beforeAll, type RunnerTestSuite } from 'vitest'

/** Calculations with fixed seeds: where one fails once, it is wrong, and trying again would hide it. */
const pure = /[/\\]test[/\\](stats|gates|model)[/\\]/

function tryOnce(suite: RunnerTestSuite): void {
  for (const task of suite.tasks) {
    if (task.type === 'suite') tryOnce(task)
    else task.retry = 0
  }
}

// oxlint-disable-next-line eslint/no-empty-pattern -- Vitest reads the fixtures that a hook wants from here
beforeAll(({}, suite) => {
  if (pure.test(suite.file.filepath)) tryOnce(suite)
})
