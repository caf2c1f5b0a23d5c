import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
interface Packed {
  readonly size: number
  readonly files: readonly { readonly path: string }[]
}
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly peerDependenciesMeta: Readonly<Record<string, { optional: boolean }>>
}

describe('the package', () => {
  const shell = process.platform === 'win32'
  const said = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8', shell })
  const parsed = JSON.parse(said) as readonly Packed[] | Readonly<Record<string, Packed>>
  // A list, or by name in later versions of npm.
  const [packed] = Object.values<Packed>(parsed as Readonly<Record<string, Packed>>)

  it('is a megabyte at most', () => {
    expect(packed!.size).toBeGreaterThan(100_000)
    expect(packed!.size).toBeLessThanOrEqual(1024 * 1024)
  })

  it('holds what it promises, and nothing of the workshop', () => {
    const paths = packed!.files.map(({ path }) => path)
    for (const path of ['LICENSE', 'README.md', 'CHANGELOG.md', 'docs/ci.md', 'dist/src/cli.js', 'schema/vitest-perf-1.schema.json'])
      expect(paths).toContain(path)
    expect(paths.filter((path) => /^(test|bench|scripts|\.github|node_modules)\/|\.(bench|test)\.|\.map$|\.tgz$/.test(path))).toEqual([])
  })

  it('leaves heavy parts to those who want them, and says what to install', () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as Manifest
    const docs = readFileSync(join(root, 'docs/versioning.md'), 'utf8')
    for (const name of ['pdfmake', 'pg', 'typescript']) {
      expect(dependencies).not.toHaveProperty(name)
      expect(peerDependencies).toHaveProperty(name)
      expect(peerDependenciesMeta[name]).toEqual({ optional: true })
      expect(docs).toContain(`npm i -D ${name}`)
    }
  })
})
