import { join } from 'node:path'
import { readdir } from 'node:fs/promises'
import type { Cell } from './cell.ts'
import { run } from './shell.ts'
import { consumer } from './strangers.ts'
import { readJson, versionHere } from './workshop.ts'

const options = {
  strict: true,
  noEmit: true,
  target: 'es2023',
  lib: ['es2023', 'esnext.disposable'],
  types: ['node'],
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
}

/** Both ways in which projects resolve packages, strict and checking every declaration file that is ours. */
const configs = {
  'tsconfig.node.json': {
    compilerOptions: { ...options, module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: true },
    files: ['consumer.ts'],
  },
  'tsconfig.bundler.json': {
    compilerOptions: { ...options, module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true },
    files: ['consumer.ts'],
  },
  'tsconfig.ours.json': {
    compilerOptions: { ...options, module: 'nodenext', moduleResolution: 'nodenext', skipLibCheck: false },
    files: ['consumer.ts'],
  },
}

const checked = (wanted: string): Cell => ({
  what: `TypeScript ${wanted}`,
  runs: () => "a stranger's file on every entry, with moduleResolution nodenext and bundler; our declarations with skipLibCheck off",
  async try(shop) {
    const { folder } = await shop.project(`types-${wanted}`, {
      files: {
        'consumer.ts': consumer,
        ...Object.fromEntries(Object.entries(configs).map(([name, config]) => [name, JSON.stringify(config, null, 2)])),
      },
      packages: { typescript: wanted, '@types/node': versionHere('@types/node') },
    })
    const { version } = await readJson<{ version: string }>(join(folder, 'node_modules/typescript/package.json'))
    if (!version.startsWith(`${wanted}.`)) throw new Error(`TypeScript ${version} is there, not ${wanted}`)
    for (const config of Object.keys(configs)) {
      const command = { cwd: folder, node: process.execPath, log: shop.log }
      const { code, output } = await run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', config, '--pretty', 'false'], command)
      const errors = output.split('\n').filter((line) => /error TS/.test(line))
      // Mistakes in the declarations of other packages are not ours to judge; where nothing of ours is named, they are all there is.
      const ours = errors.filter(
        (line) => config !== 'tsconfig.ours.json' || /^(node_modules\/vitest-perf\/|consumer\.ts)/.test(line) || line.startsWith('error'),
      )
      if (ours.length > 0 || (code !== 0 && errors.length === 0)) throw new Error(`${config}:\n${ours.slice(0, 20).join('\n') || output}`)
    }
    return `${version}, ${await declarations(folder)} declaration files`
  },
})

async function declarations(folder: string): Promise<number> {
  const files = await readdir(join(folder, 'node_modules/vitest-perf/dist'), { recursive: true })
  return files.filter((name) => name.endsWith('.d.ts')).length
}

export const types: Readonly<Record<string, Cell>> = {
  'types-5.9': checked('5.9'),
  'types-6': checked('6'),
  'types-7': checked('7'),
}
