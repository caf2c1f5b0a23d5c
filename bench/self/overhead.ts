import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const rounds = 7

// The measuring itself is as long with and without the plugin: 0.1 s of sampling and no warm-up.
const bench = `
import { test } from 'vitest'
test('trivial', async ({ bench }) => { await bench('trivial', () => 1 + 1).run({ time: 100, iterations: 1, warmup: false }) })
`
const plain = `export default {}`
const withPlugin = `
import { perf } from 'vitest-perf/plugin'
export default { plugins: [perf()] }
`

/** Milliseconds that the plugin adds to \`vitest bench\` on one trivial native case: median of runs in turns. */
export async function pluginOverhead(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-overhead-'))
  try {
    await mkdir(join(folder, 'node_modules'))
    await symlink(root, join(folder, 'node_modules/vitest-perf'))
    await symlink(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'))
    await writeFile(join(folder, 'trivial.bench.js'), bench)
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'plain.config.js'), plain)
    await writeFile(join(folder, 'perf.config.js'), withPlugin)
    const differences: number[] = []
    await run(folder, 'perf.config.js')
    for (let round = 0; round < rounds; round++) {
      const first = await run(folder, round % 2 ? 'perf.config.js' : 'plain.config.js')
      const second = await run(folder, round % 2 ? 'plain.config.js' : 'perf.config.js')
      differences.push(round % 2 ? first - second : second - first)
    }
    return differences.sort((a, b) => a - b)[rounds >> 1] ?? Number.NaN
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(cwd: string, config: string): Promise<number> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|NODE_OPTIONS)/.test(name)))
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'bench', '--run', '--config', config], {
      cwd,
      env,
      stdio: 'ignore',
    })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(performance.now() - start) : reject(new Error(`vitest bench ended with ${code}`))))
  })
}

if (process.argv[1] === import.meta.filename) console.log(`${(await pluginOverhead()).toFixed(0)} ms`)
