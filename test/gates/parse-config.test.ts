import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, onTestFinished, test } from 'vitest'
import { benchmarkConfigJsonSchema, parseBenchmarkConfig, readBenchmarkConfig } from '../../src/gates/parse-config.ts'
import { defaultConfig } from '../../src/model/benchmark-config.ts'
import { PerfError } from '../../src/model/error.ts'

const gate = { name: 'API', metric: 'search_api.avg_time_ms', operator: 'LessThan', threshold: 1000, severity: 'Blocking' }
const shipped = join(import.meta.dirname, '../../benchmark-config.json')

function errorOf(text: string): PerfError {
  try {
    parseBenchmarkConfig(text, 'benchmark-config.json')
  } catch (error) {
    if (error instanceof PerfError) return error
    throw error
  }
  throw new Error('it was accepted')
}
const errorOfValue = (value: unknown): PerfError => errorOf(JSON.stringify(value))
const withGate = (change: object): PerfError => errorOfValue({ gates: [{ ...gate, ...change }] })

describe('a config that is right', () => {
  test('an empty object gives the defaults', () => {
    expect(parseBenchmarkConfig('{}', 'x.json')).toEqual(defaultConfig)
  })

  test("the project's own file begins with the mission's eight gates", async () => {
    const config = await readBenchmarkConfig(shipped)
    expect(config.gates.slice(0, 8).map((gate) => `${gate.metric} ${gate.operator} ${gate.threshold} ${gate.severity}`)).toEqual([
      'search_api.avg_time_ms LessThan 1000 Blocking',
      'resource_monitoring_idle.cpu_percent LessThan 5 Warning',
      'resource_monitoring_load.memory_mb LessThan 1024 Blocking',
      'search_api.success_rate GreaterThanOrEqual 99 Blocking',
      'resource_monitoring_load.cpu_percent LessThan 80 Warning',
      'health_check.avg_time_ms LessThan 100 Warning',
      'chat_api.avg_time_ms LessThan 2000 Warning',
      'config_api.avg_time_ms LessThan 500 Warning',
    ])
    expect(config.update_baseline_on_success).toBe(true)
  })

  test("the mission's bench config keys, partial blocks and notes are accepted", () => {
    const text = JSON.stringify({
      $schema: './schema.json',
      _note: 'ours',
      gates: [{ ...gate, $comment: 'agreed in May' }],
      slo: { max_memory_mb: 512 },
      reporting: { html: false },
      iterations: 1000,
      warmup_iterations: 100,
      concurrent_users: [1, 5],
      data_scales: [1000],
      monitoring_interval_ms: 1000,
      enable_profiling: false,
    })
    expect(parseBenchmarkConfig(text, 'x.json')).toEqual({
      ...defaultConfig,
      gates: [gate],
      slo: { ...defaultConfig.slo, max_memory_mb: 512 },
      reporting: { ...defaultConfig.reporting, html: false },
      iterations: 1000,
      warmup_iterations: 100,
      concurrent_users: [1, 5],
      data_scales: [1000],
      monitoring_interval_ms: 1000,
      enable_profiling: false,
    })
  })

  test('a byte order mark does not matter', () => {
    expect(parseBenchmarkConfig('\uFEFF{ "strict": true }', 'x.json').strict).toBe(true)
  })
})

describe('text that is no JSON', () => {
  test("the mission's file with stray text after the closing brace is told line and column", async () => {
    const whole = await readFile(shipped, 'utf8')
    const error = errorOf(`${whole}</content>\n`)
    expect(error.code).toBe('CONFIG_SYNTAX')
    expect(error.place).toEqual({ file: 'benchmark-config.json', line: whole.split('\n').length, column: 1 })
    expect(error.message).toContain('text stands after the closing brace: "</content>"')
  })

  test.each([
    ['', 'the file is empty', 1, 1],
    [' \n\t\n', 'the file is empty', 1, 1],
    ['hello', 'this is no JSON value at "hello"', 1, 1],
    ['{\n  "strict": true,\n}', 'a key in double quotes is expected at "}"', 3, 1],
    ['{ strict: true }', 'this is no JSON value at "strict: true }"', 1, 3],
    ['{ "gates": [\n', 'a closing bracket is missing, and the file ends here', 2, 1],
    ['{ "strict": tru', 'this is no JSON value at "tru"', 1, 13],
    ['{ "strict": NaN }', 'this is no JSON value at "NaN }"', 1, 13],
    ['{} // the end', 'text stands after the closing brace: "// the end"', 1, 4],
    ['/* gates */ {}', 'comments are not allowed at "/* gates */ {}"', 1, 1],
    ['{}{}', 'text stands after the closing brace: "{}"', 1, 3],
    ['{"strict"\r\n: true, "a" 1}', 'a colon is expected at "1}"', 2, 13],
    ['{"a": "b\n"}', 'a string has no closing quote on its line at ""b"', 1, 7],
  ])('%j: %s', (text, what, line, column) => {
    const error = errorOf(text)
    expect(error.code).toBe('CONFIG_SYNTAX')
    expect(error.message).toContain(what)
    expect(error.place).toEqual({ file: 'benchmark-config.json', line, column })
  })

  test.each([
    ['zero bytes and escapes', '\u0000\u001B[2J\u202E'.repeat(200_000)],
    ['letters', 'x'.repeat(1_000_000)],
    ['brackets', '['.repeat(1_000_000)],
    ['a key of one megabyte', JSON.stringify({ ['k'.repeat(1_000_000)]: 1 })],
    ['a value of one megabyte', JSON.stringify({ strict: '\u0007'.repeat(1_000_000) })],
    ['ten thousand unknown keys', JSON.stringify(Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`key_${i}`, i])))],
  ])('one megabyte of %s gives a short message without control characters', (_what, text) => {
    const error = errorOf(text)
    expect(error.code).toMatch(/^CONFIG_/)
    expect(error.message.length).toBeLessThan(15_000)
    expect(error.message.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

describe('values that are not allowed', () => {
  test.each([
    ['<=', 'LessThanOrEqual'],
    ['<', 'LessThan'],
    ['>=', 'GreaterThanOrEqual'],
    ['>', 'GreaterThan'],
    ['==', 'Equal'],
    ['lessthan', 'LessThan'],
    ['less_than_or_equal', 'LessThanOrEqual'],
    ['GreatherThan', 'GreaterThan'],
    ['LessThen', 'LessThan'],
    ['eq', 'Equal'],
  ])('the operator %s: did you mean %s?', (operator, meant) => {
    const { message, code } = withGate({ operator })
    expect(code).toBe('CONFIG_INVALID')
    expect(message).toContain(
      `gates[0].operator is "${operator}"; it must be one of "LessThan", "LessThanOrEqual", "GreaterThan", "GreaterThanOrEqual", "Equal". Did you mean "${meant}"?`,
    )
  })

  test.each([
    ['blocking', 'Blocking'],
    ['Bloking', 'Blocking'],
    ['warn', 'Warning'],
    ['error', 'Blocking'],
  ])('the severity %s: did you mean %s?', (severity, meant) => {
    expect(withGate({ severity }).message).toContain(`it must be one of "Warning", "Blocking". Did you mean "${meant}"?`)
  })

  test('an operator that resembles none gets the allowed ones and no guess', () => {
    const { message } = withGate({ operator: 'between' })
    expect(message).toContain('it must be one of "LessThan"')
    expect(message).not.toContain('Did you mean')
  })

  test.each([
    [{ fail_on_regresion: true }, 'fail_on_regresion is no key of this file. Did you mean "fail_on_regression"?'],
    [{ failOnRegression: true }, 'Did you mean "fail_on_regression"?'],
    [{ slo: { max_rps: 10 } }, 'slo.max_rps is no key of this file. Did you mean "min_rps"?'],
    [
      { reporting: { md: true } },
      'reporting.md is no key of this file. Allowed are json, html, markdown, pdf, templates, upload_external, upload_url.',
    ],
    [{ gates: [{ ...gate, treshold: 5 }] }, 'gates[0].treshold is no key of this file. Did you mean "threshold"?'],
  ])('unknown key in %j', (value, sentence) => {
    expect(errorOfValue(value).message).toContain(sentence)
  })

  test.each([
    [{ gates: {} }, 'gates is an object; it must be a list of gates.'],
    [{ gates: [7] }, 'gates[0] is 7; it must be an object.'],
    [{ gates: [{ ...gate, threshold: '1000' }] }, 'gates[0].threshold is "1000"; it must be a finite number.'],
    [{ gates: [{ ...gate, threshold: null }] }, 'gates[0].threshold is null; it must be a finite number.'],
    [{ gates: [{ ...gate, threshold: undefined }] }, 'gates[0].threshold is missing; it must be a finite number.'],
    [{ gates: [{ ...gate, name: '' }] }, 'gates[0].name is ""; it must be a name.'],
    [{ gates: [{ ...gate, metric: 'search_api' }] }, 'gates[0].metric is "search_api"; it must be "<case id>.<metric>"'],
    [{ gates: [{ ...gate, metric: 'a.b.c' }] }, 'it must be "<case id>.<metric>"'],
    [{ gates: [{ ...gate, metric: 'a.*_time_ms' }] }, 'it must be "<case id>.<metric>"'],
    [{ regression_threshold_percent: -1 }, 'regression_threshold_percent is -1; it must be a number from 0 to 1000 (percent).'],
    [{ regression_threshold_percent: 1001 }, 'must be a number from 0 to 1000 (percent)'],
    [{ fail_on_regression: 'yes' }, 'fail_on_regression is "yes"; it must be true or false.'],
    [{ iterations: 0 }, 'iterations is 0; it must be a whole number from 1 to 1000000000 (calls).'],
    [{ iterations: 1.5 }, 'iterations is 1.5; it must be a whole number'],
    [{ monitoring_interval_ms: 1 }, 'monitoring_interval_ms is 1; it must be a number from 10 to 60000 (milliseconds).'],
    [{ concurrent_users: [] }, 'concurrent_users is an empty list; it must be a list of whole numbers'],
    [{ concurrent_users: [1, 0] }, 'concurrent_users[1] is 0; it must be a whole number from 1 to 100000 (users).'],
    [{ slo: { max_memory_mb: 'big' } }, 'slo.max_memory_mb is "big"; it must be a number'],
    [{ slo: [] }, 'slo is an empty list; it must be an object.'],
    [{ reporting: { upload_external: true } }, 'reporting.upload_external is true; it needs "upload_url" beside it when it is true.'],
    [{ reporting: { upload_url: 'file:///etc/passwd' } }, 'it must be an http or https address.'],
    [[], 'the file is an empty list; it must be an object.'],
    [null, 'the file is null; it must be an object.'],
  ])('%j is refused', (value, sentence) => {
    const error = errorOfValue(value)
    expect(error.code).toBe('CONFIG_INVALID')
    expect(error.message).toContain(sentence)
  })

  test('a threshold too large for a number is refused', () => {
    expect(errorOf(JSON.stringify({ gates: [gate] }).replace('1000', '1e999')).message).toContain('it must be a finite number')
  })

  test('a success rate that was meant as a share is refused, since such a gate could never fail', () => {
    const change = { metric: 'search_api.success_rate', operator: 'GreaterThanOrEqual', threshold: 0.99 }
    expect(withGate(change).message).toContain('write 99 where 99 % is meant')
    expect(() => parseBenchmarkConfig(JSON.stringify({ gates: [{ ...gate, ...change, threshold: 99 }] }), 'x')).not.toThrow()
  })

  test('a key that is given twice is refused, since JSON would drop the first one silently', () => {
    const error = errorOf('{ "strict": true,\n  "strict": false }')
    expect(error.message).toContain('strict is given twice.')
    expect(error.place).toEqual({ file: 'benchmark-config.json', line: 2, column: 3 })
  })

  test('all problems are listed at once, in the order of the file, each with its place', () => {
    const text = [
      '{',
      '  "strict": 1,',
      '  "gates": [',
      `    ${JSON.stringify({ ...gate, operator: '<', severity: 'High' })}`,
      '  ],',
      '  "sloo": {}',
      '}',
    ]
    const { message, place } = errorOf(text.join('\n'))
    expect(message).toContain('The benchmark config has 4 problems:')
    expect(place).toEqual({ file: 'benchmark-config.json', line: 2, column: 13 })
    const places = [...message.matchAll(/benchmark-config\.json:(\d+):(\d+) (\S+)/g)].map((match) => `${match[1]} ${match[3]}`)
    expect(places).toEqual(['2 strict', '4 gates[0].operator', '4 gates[0].severity', '6 sloo'])
  })
})

describe('reading the file', () => {
  test('a file that is not there, and a folder, are CONFIG_UNREADABLE', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gates-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await expect(readBenchmarkConfig(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE' })
    await expect(readBenchmarkConfig(folder)).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE' })
    await writeFile(join(folder, 'bad.json'), '{ "strict": 1 }')
    await expect(readBenchmarkConfig(join(folder, 'bad.json'))).rejects.toMatchObject({
      place: { file: join(folder, 'bad.json'), line: 1, column: 13 },
    })
  })
})

test('the JSON Schema agrees with the parser and allows notes', async () => {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(benchmarkConfigJsonSchema())
  expect(validate(JSON.parse(await readFile(shipped, 'utf8')))).toBe(true)
  expect(validate({ $schema: 'x', _note: 1, gates: [{ ...gate, _why: 'x' }] })).toBe(true)
  expect(validate({ gates: [{ ...gate, operator: '<' }] })).toBe(false)
  expect(validate({ strict: 1 })).toBe(false)
  expect(validate({ sloo: {} })).toBe(false)
})
