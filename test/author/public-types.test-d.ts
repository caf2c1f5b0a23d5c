import { describe, expectTypeOf, it } from 'vitest'
import type {
  bench,
  CapacityOptions,
  Check,
  Duration,
  HttpLoadOptions,
  HttpOptions,
  PoolOptions,
  RequestSource,
  ScaleOptions,
  UsersOptions,
} from '../../src/index.ts'

describe('what options are made of can be named by those who write them', () => {
  it('so that options can stand in a constant of their own', () => {
    expectTypeOf<Parameters<typeof bench.users>[1]>().toEqualTypeOf<RequestSource>()
    expectTypeOf<NonNullable<Parameters<typeof bench.users>[2]>>().toEqualTypeOf<UsersOptions>()
    expectTypeOf<Parameters<typeof bench.capacity>[2]>().toEqualTypeOf<CapacityOptions>()
    expectTypeOf<ScaleOptions<number[]>['setup']>().returns.toEqualTypeOf<number[]>()
    expectTypeOf<NonNullable<HttpOptions['check']>>().toEqualTypeOf<Check>()
    expectTypeOf<NonNullable<HttpOptions['pool']>>().toEqualTypeOf<PoolOptions>()
    expectTypeOf<HttpOptions>().toExtend<HttpLoadOptions>()
    expectTypeOf<'5s'>().toExtend<Duration>()
    expectTypeOf<'5 parsecs'>().not.toExtend<Duration>()
  })
})
