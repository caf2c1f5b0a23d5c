// Runs in every Node process of a server before its program. It has no type annotation on purpose: Node 18 and later read it as it is.
// Whatever goes wrong here must not be noticed by the program.
;(() => {
  const folder = process.env['VITEST_PERF_AGENT']
  // Package managers and runners only start the program: their own loop and heap are nobody's question.
  const runner =
    /[\\/](?:(?:npm|npx|pnpm|pnpx|yarn|yarnpkg|corepack)(?:-cli)?(?:\.[cm]?js)?|tsx(?:[\\/]dist[\\/]cli\.[cm]?js)?|nodemon(?:\.js)?)$/
  if (!folder || runner.test(process.argv[1] ?? '')) return

  const failed = (error = new Error('unknown')) => {
    try {
      require('node:fs').writeFileSync(`${folder}/${process.pid}.failed`, error.message)
    } catch {
      // The folder is gone with the run that made it: nobody is left to be told.
    }
  }
  try {
    if (!require('node:worker_threads').isMainThread) return
    import('./agent.ts').then(({ attach }) => attach(folder)).catch(failed)
  } catch (error) {
    failed(new Error(String(error)))
  }
})()
