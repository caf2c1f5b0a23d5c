import { describe, expect, it } from 'vitest'
import { ownProcessEnvironment } from '../../src/model/own-process.ts'

const options = (text: string) => ownProcessEnvironment({ NODE_OPTIONS: text, PATH: '/bin' })

describe('the environment of a process of ours', () => {
  it('has nothing of the test runner', () => {
    expect(
      ownProcessEnvironment({ NODE_OPTIONS: '--inspect-brk=9229 --require ./hook.cjs', NODE_V8_COVERAGE: '/tmp/x', PATH: '/bin' }),
    ).toEqual({
      PATH: '/bin',
    })
  })

  it("keeps what Plug'n'Play finds packages by", () => {
    const pnp = '--require /a/.pnp.cjs --experimental-loader file:///a/.pnp.loader.mjs'
    expect(options(`--max-old-space-size=100 ${pnp} --require ./hook.cjs`)).toEqual({ PATH: '/bin', NODE_OPTIONS: pnp })
    expect(options('--require "/with space/.pnp.cjs"')).toEqual({ PATH: '/bin', NODE_OPTIONS: '--require "/with space/.pnp.cjs"' })
  })

  it('keeps the flag by which an early Node 22 reads TypeScript', () => {
    expect(options('--experimental-strip-types --inspect')).toEqual({ PATH: '/bin', NODE_OPTIONS: '--experimental-strip-types' })
  })
})
