import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A project beside this one, with this one's build in its node_modules. */
export interface GuestProject {
  /** Milliseconds that `vitest bench` takes, start and end of the process included. */
  bench(...args: readonly string[]): Promise<number>
}

export async function inGuestProject<Result>(
  files: Readonly<Record<string, string>>,
  work: (project: GuestProject) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-guest-'))
  try {
    await mkdir(join(folder, 'node_modules'))
    await symlink(root, join(folder, 'node_modules/vitest-perf'))
    await symlink(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'))
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return await work({ bench: (...args) => run(folder, args) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(cwd: string, args: readonly string[]): Promise<number> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV|NODE_OPTIONS)/.test(name)))
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'bench', '--run', ...args], {
      cwd,
      env,
      stdio: 'ignore',
    })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(performance.now() - start) : reject(new Error(`vitest bench ended with ${code}`))))
  })
}
