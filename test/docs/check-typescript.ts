import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, type Block } from './markdown.ts'

const languages = new Set(['ts', 'js'])

export function isProgram({ language }: Block): boolean {
  return languages.has(language)
}

/** Every block as a module of one project that has vitest-perf: what TypeScript says against them, by document and line. */
export async function programProblems(blocks: readonly Block[]): Promise<string[]> {
  const programs = blocks.filter(isProgram)
  if (programs.length === 0) return []
  const folder = await mkdtemp(join(tmpdir(), 'vitest-perf-docs-'))
  try {
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
    await Promise.all(programs.map((block, index) => writeFile(join(folder, nameOf(block, index)), moduleOf(block))))
    const output = await compiled(folder)
    return output.split('\n').flatMap((line) => {
      const [, index, at, what] = /^block-(\d+)\.[tj]s\((\d+),\d+\): error (.*)$/.exec(line) ?? []
      const block = programs[Number(index)]
      if (block) return [`${block.file}:${block.line + Number(at) - 1 - linesBefore(block)} ${what}`]
      // A mistake of ours, and the lines that explain an error.
      return line.trim() === '' || line.startsWith(' ') ? [] : [line]
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What a user's project has: `strict`, without our further rules. */
const config = {
  extends: join(root, 'tsconfig.json'),
  compilerOptions: {
    allowJs: true,
    checkJs: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    noPropertyAccessFromIndexSignature: false,
    noUncheckedIndexedAccess: false,
  },
  include: ['block-*'],
  exclude: [],
}

function nameOf({ language }: Block, index: number): string {
  return `block-${index}.${language}`
}

function moduleOf(block: Block): string {
  return `${block.before === '' ? '' : `${block.before}\n`}${block.text}\nexport {}\n`
}

function linesBefore({ before }: Block): number {
  return before === '' ? 0 : before.split('\n').length
}

function compiled(folder: string): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], { cwd: folder, maxBuffer: 1e8 }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    )
  })
}
