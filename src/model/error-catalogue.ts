/** What can go wrong, by code: when it happens, and what to do. docs/errors.md is made from this table. */
export const errorCatalogue = {
  CONFIG_UNREADABLE: {
    when: 'The benchmark config file cannot be read.',
    hint: 'Check the path in perf({ config }), or leave it out to run without gates.',
  },
  CONFIG_SYNTAX: {
    when: 'The benchmark config file is not valid JSON, or has text after the closing brace.',
    hint: 'Fix the JSON at the place named; comments and trailing text are not allowed.',
  },
  CONFIG_INVALID: {
    when: 'A key of the benchmark config has a value that is not allowed, or an unknown name.',
    hint: 'Use one of the allowed values; docs/config.md lists every key.',
  },
  OPTION_INVALID: {
    when: 'An option of a case, a suite or the plugin is out of range or of the wrong type.',
    hint: 'Correct the option; its documentation gives the unit and the range.',
  },
  CASE_ID_CLASH: {
    when: 'Two cases of one run have the same id.',
    hint: 'Give one of them an own id: bench(name, { id: "…" }, fn).',
  },
  CASE_ID_INVALID: {
    when: 'A case id is empty or has characters other than letters, digits, "_", "-" and ":".',
    hint: 'Use letters, digits, "_", "-" and ":" in ids.',
  },
  CASE_TIMEOUT: {
    when: 'A case did not finish in its time.',
    hint: 'Raise { timeout } of this case, or find out why its body does not come back.',
  },
  CASE_ENDED_PROCESS: {
    when: 'The process that ran a case ended in the middle of it.',
    hint: 'See what the body ends or crashes: process.exit in a callback, a signal, a native module, too little memory.',
  },
  CASE_THREW: {
    when: 'The body, a hook or a check of a case threw.',
    hint: 'Fix the body: nothing was reported for this case.',
  },
  CASE_MIXED_ASYNC: {
    when: 'The first call of a body returned a value, so that calls are not awaited, and a later one returned a promise.',
    hint: 'Return a promise from every call (an async body does), or do in setup what the first call does differently.',
  },
  SERVER_MISSING: {
    when: 'A case needs a server and none is configured.',
    hint: 'Set perf({ server: { command, module or url } }), describePerf(name, { server }), or TERRAPHIM_SERVER_URL.',
  },
  SERVER_OPTIONS: {
    when: 'The server option does not name exactly one of command, module and url, or a part of it is wrong.',
    hint: 'Give exactly one of command, module and url.',
  },
  SERVER_EXITED: {
    when: 'The server ended before it was ready, or while it was measured.',
    hint: 'Start the same command by hand and read its output.',
  },
  SERVER_NOT_READY: {
    when: 'The server did not become ready in time.',
    hint: 'Check the ready path or pattern, or raise readyTimeout.',
  },
  SERVER_PORT_TAKEN: {
    when: 'The server could not bind its port.',
    hint: 'Let it listen on process.env.PORT, or end the program that holds the port.',
  },
  SERVER_MODULE: {
    when: 'The server module has no export that can be served.',
    hint: 'Export by default a fetch handler, a Node request listener, an http.Server, or a fastify, express, koa or hono app.',
  },
  SERVER_UNREACHABLE: {
    when: 'Nothing answers at the url of the server.',
    hint: 'Start the server first, or let vitest-perf start it with command or module.',
  },
  LOAD_FAILED: {
    when: 'The load generator ended before its measurement was complete.',
    hint: 'See the cause; the numbers of this case were thrown away.',
  },
  LOAD_REMOTE: {
    when: 'A load was aimed at a host other than this machine.',
    hint: 'Set allowRemote: true if you own that host and mean it.',
  },
  ARTILLERY_MISSING: {
    when: 'A case has { distributed }, and Artillery is not installed where it is looked for.',
    hint: 'Install it: npm i -D artillery; where no browser can be downloaded: PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm i -D artillery.',
  },
  ARTILLERY_FAILED: {
    when: 'Artillery ended without a report of its load, with one that cannot be read, or with an exit code other than 0: some of its workers may have died.',
    hint: 'Read its last output; credentials and quotas of a cloud are its own business.',
  },
  TARGET_INVALID: {
    when: 'A request of an http case is not well formed.',
    hint: 'Give a path that starts with "/", a known method, and a body that can be written as JSON.',
  },
  DATABASE_UNAVAILABLE: {
    when: 'The driver of a database is not installed, this Node does not have it, or the database cannot be reached.',
    hint: 'For postgres:// URLs install the driver (npm i -D pg) and start the database; node:sqlite needs Node 22.13 or later.',
  },
  DISK_SPACE_LOW: {
    when: 'A temporary folder has less free space than its case says that it needs.',
    hint: 'Free space, point TMPDIR to a larger disk, or lower the bytes that the case asks for.',
  },
  BASELINE_UNREADABLE: {
    when: 'The baseline file cannot be used: truncated, another schema, or numbers that are none.',
    hint: 'Restore it from version control, or delete it and accept a new one.',
  },
  HISTORY_UNAVAILABLE: {
    when: 'The database of the history cannot be reached or used, went away, or its driver is not installed.',
    hint: 'Install the driver (npm i -D pg), start the database, check address and rights; vitest-perf history import adds runs that a file kept meanwhile.',
  },
  RESULTS_UNREADABLE: {
    when: 'A stored run cannot be read.',
    hint: 'Check that the file is a benchmark_results.json of this tool or of the mission, and whole.',
  },
  SHARDS_DIFFER: {
    when: 'The runs to merge are not the shards of one run: another commit, version, config or sharding, or two copies of one shard.',
    hint: 'Give vitest-perf merge the results of one run, each shard once; start all shards of a run from the same commit.',
  },
  TEMPLATES_UNUSABLE: {
    when: 'The folder of templates cannot be read, or has a file that replaces none of ours and that no template uses.',
    hint: 'Name the files as docs/reports.md lists them; a partial of your own is used with {{> its-name}}.',
  },
  RESULTS_UNWRITABLE: {
    when: 'The results folder cannot be written.',
    hint: 'Check permissions and free space, or choose another folder with perf({ results }).',
  },
  AGAINST_NO_REPOSITORY: {
    when: 'A comparison with a revision was asked for outside of a git repository.',
    hint: 'Run it inside of a git repository, or compare with a folder: vitest-perf against ../other-version.',
  },
  AGAINST_REF_UNKNOWN: {
    when: 'The revision to compare with does not exist.',
    hint: 'Use a branch, tag or commit that this clone has; a shallow clone of a CI job may need: git fetch --depth=1 origin <ref>.',
  },
  AGAINST_WORKSPACE: {
    when: 'The files of the two versions could not be written beside each other.',
    hint: 'Check the free space and the permissions of the temporary folder, or choose another one with TMPDIR.',
  },
  AGAINST_SETUP_FAILED: {
    when: 'Installing the dependencies of one version, or its --setup command, failed.',
    hint: 'Run the command by hand in a checkout of that version; compare with a version that can be built.',
  },
  AGAINST_BUDGET_OVER: {
    when: 'The time given to a comparison was over before anything was compared: writing, installing and building both versions count too.',
    hint: 'Raise --budget; the time that each phase takes is in the log of the run.',
  },
  AGAINST_SIDE_ENDED: {
    when: 'The process that runs the benchmarks of one version ended, or could not start.',
    hint: 'Read its last output; run `npx vitest bench --run` in a checkout of that version.',
  },
  PLUGIN_MISSING: {
    when: 'Vitest ran without our plugin, so that nothing was measured, judged or reported.',
    hint: 'Add perf() to plugins of vitest.config.ts, or let vitest-perf init do it.',
  },
  VITEST_MISSING: {
    when: 'The project has no Vitest, or one that is too old.',
    hint: 'Install it: npm install --save-dev vitest@5.',
  },
  NODE_TOO_OLD: {
    when: 'Node is older than what benchmarks need. Vitest 4 itself runs on older versions.',
    hint: 'Install Node 24, for this project alone: npm install --save-dev node@24.',
  },
  NO_BENCHES: {
    when: 'No benchmark file was found.',
    hint: 'Name it *.bench.ts, or check the filter and benchmark.include in vitest.config.ts; vitest-perf init writes an example.',
  },
  GITHUB_JOB: {
    when: 'vitest-perf comment runs outside of a job that a workflow_run started, or without a token.',
    hint: 'Use it as in the workflow that vitest-perf init writes, with GITHUB_TOKEN in the environment of its step.',
  },
  GITHUB_REFUSED: {
    when: 'GitHub did not do what a comment needs.',
    hint: 'Give the job "pull-requests: write"; a status of 500 or more is their fault: run the job again.',
  },
  COMMENT_REFUSED: {
    when: 'A comment was asked for on a pull request other than the one that was measured, or on none.',
    hint: 'Keep the step that writes pull-request.txt as vitest-perf init writes it.',
  },
  USAGE: {
    when: 'The command line is not understood.',
    hint: 'See vitest-perf --help.',
  },
} as const satisfies Record<string, { readonly when: string; readonly hint: string }>

export type ErrorCode = keyof typeof errorCatalogue
