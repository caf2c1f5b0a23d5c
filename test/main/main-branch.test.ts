import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mainBranch } from '../../src/main/main-branch.ts'

const run = promisify(execFile)

let folder: string
const git = async (...args: string[]) =>
  (await run('git', ['-c', 'user.name=x', '-c', 'user.email=x@y.z', '-C', folder, ...args])).stdout.trim()
const commit = async (): Promise<string> => {
  await git('commit', '-q', '--allow-empty', '-m', 'a change')
  return git('rev-parse', 'HEAD')
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('the main branch', () => {
  test('is what the remote calls its own', async () => {
    await git('init', '-q', '-b', 'trunk')
    const head = await commit()
    await git('branch', 'main')
    await git('update-ref', 'refs/remotes/origin/trunk', head)
    await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk')
    await git('switch', '-qc', 'feature')
    expect(await mainBranch(folder)).toBe('trunk')
  })

  test('is main or master without one', async () => {
    await git('init', '-q', '-b', 'master')
    await commit()
    await git('switch', '-qc', 'feature')
    expect(await mainBranch(folder)).toBe('master')
  })

  test('is unknown elsewhere', async () => {
    expect(await mainBranch(folder)).toBeUndefined()
    await git('init', '-q', '-b', 'trunk')
    await commit()
    expect(await mainBranch(folder)).toBeUndefined()
  })
})
