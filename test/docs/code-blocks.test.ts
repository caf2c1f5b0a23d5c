import { describe, expect, it } from 'vitest'
import { codeProblems, exempt } from './check.ts'
import { blocksOf, documents, type Block } from './markdown.ts'

describe('the code in README.md and docs/', () => {
  it('holds: programs have their types, command lines their flags, configs their keys, workflows their form', async () => {
    expect(await codeProblems(documents())).toEqual([])
  }, 180_000)

  it('is checked but for what is shown as output, and for Jenkinsfiles, whose command lines are', () => {
    const all = documents().flatMap(blocksOf)
    const unchecked = all.filter(({ language }) => exempt.includes(language))
    expect(all.length).toBeGreaterThan(30)
    expect(unchecked.length).toBeLessThanOrEqual(all.length / 10)
    const [jenkins, output] = [true, false].map((one) => unchecked.filter(({ language }) => (language === 'groovy') === one)) as [
      Block[],
      Block[],
    ]
    expect(jenkins.filter(({ text }) => !text.includes('stage('))).toEqual([])
    expect(output.filter(({ text }) => /^(?:\$ )?(?:npx|npm|import|export) /m.test(text))).toEqual([])
  })
})

const fence = '```'
const document = (language: string, code: string, above = '') => ({
  file: 'docs/some.md',
  text: `# Some\n\n${above}${fence}${language}\n${code}\n${fence}\n`,
})
const http = (option: string) => `import { bench } from 'vitest-perf'\n\nbench.http('a', { path: '/' }, { ${option} })`

describe('the check itself', () => {
  it('lets right code be', async () => {
    const right = [
      document(
        'sh',
        'npx vitest-perf run -o out | cat # and so on\n'.replace(' | cat', '') + "VITEST_PERF_QUICK=1 npx vitest bench --run -t 'a b'",
      ),
      document('sh', "echo 'source <(npx vitest-perf completion bash)' >> ~/.bashrc"),
      document('json', '{ "gates": [], "strict": true }'),
      document('jsonc', '{ "name": "a", "path": "/" } // one'),
      document('yaml', '- run: npx vitest-perf ci -c benchmark-config.json'),
      document('text', 'PASS 3 cases'),
    ]
    expect(await codeProblems(right)).toEqual([])
  })

  it('finds options that are misspelt and entry points that are not there in programs, and lets right ones be', async () => {
    const programs = [
      document('ts', http('connections: 5')),
      document('ts', "perf({ config: 'x.json' })", "<!-- code before: import { perf } from 'vitest-perf/plugin' -->\n"),
      document('ts', http('conections: 5')),
      document('js', http('durration: 5')),
      document('ts', "import { perf } from 'vitest-perf/plugins'"),
      document('ts', "perf({ confg: 'x.json' })", "<!-- code before:\nimport { perf } from 'vitest-perf/plugin'\n\n-->\n"),
    ]
    expect(await codeProblems(programs)).toEqual([
      expect.stringMatching(/docs\/some\.md:6 TS\d+: .*'conections' does not exist/),
      expect.stringMatching(/docs\/some\.md:6 TS\d+: .*'durration' does not exist/),
      expect.stringMatching(/docs\/some\.md:4 TS\d+: .*vitest-perf\/plugins/),
      expect.stringMatching(/docs\/some\.md:8 TS\d+: .*'confg' does not exist/),
    ])
  }, 180_000)

  it.each<[string, string, string, RegExp]>([
    ['a flag of ours', 'sh', '# first\nnpx vitest-perf run --basline main.json', /docs\/some\.md:5 error: unknown option '--basline'/],
    ['a command of ours', 'sh', 'npx vitest-perf rnu', /unknown command 'rnu'/],
    ['a flag of ours within a quote', 'sh', "echo 'source <(npx vitest-perf completion bsah)'", /bsah/],
    ['an argument that is missing', 'sh', 'npx vitest-perf against', /missing required argument 'ref'/],
    ['a flag of Vitest', 'sh', 'npx vitest bench --rnu', /rnu/],
    ['a script', 'sh', 'npm run benhc', /no script "benhc"/],
    ['a file to run', 'sh', 'npx node bench/self/nothing.ts', /there is no bench\/self\/nothing\.ts/],
    ['a program', 'sh', 'vitset bench', /nobody knows the program "vitset"/],
    ['a variable', 'sh', 'VITEST_PERF_QIUCK=1 npm run bench', /nothing reads the variable VITEST_PERF_QIUCK/],
    ['a key of the config', 'json', '{ "gatez": [] }', /gatez/],
    [
      'an operator of a gate',
      'json',
      '{ "gates": [{ "name": "a", "metric": "a.p95_time_ms", "operator": "LesThan", "threshold": 1, "severity": "Blocking" }] }',
      /operator/,
    ],
    ['a comment in JSON', 'json', '{} // none', /InvalidCommentToken/],
    ['a key of an endpoint', 'jsonc', '{ "name": "a", "path": "/", "conections": 5 }', /conections/],
    ['results of another shape', 'json', '{ "schema": "vitest-perf/1", "results": 5 }', /results/],
    ['YAML', 'yaml', 'a: [', /docs\/some\.md:4/],
    ['a step of a workflow', 'yaml', '- uses: actions/checkout@v4\n  wiht:\n    ref: main', /wiht/],
    ['a command in YAML', 'yaml', 'job:\n  script: npx vitest-perf ci -c a.json --exprot x', /unknown option '--exprot'/],
    ['a command in a Jenkinsfile', 'groovy', "sh 'npx vitest-perf ci -c a.json --exprot x'", /unknown option '--exprot'/],
    ['a block without a language', '', 'anything', /without a language/],
    ['a language that nothing checks', 'cobol', 'STOP RUN.', /nothing checks blocks of "cobol"/],
  ])(
    'finds %s',
    async (_, language, code, message) => {
      const problems = await codeProblems([document(language, code)])
      expect(problems.join('\n')).toMatch(message)
    },
    60_000,
  )

  it('finds a flag in a sentence', async () => {
    const text = 'Type `vitest-perf ci` or `npx vitest-perf compare a b --fromat markdown`, or `vitest-perf run [files...]`.'
    expect(await codeProblems([{ file: 'README.md', text }])).toEqual([expect.stringMatching(/README\.md:1 .*--fromat/)])
  })
})
