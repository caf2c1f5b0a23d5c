import { describe, expect, it } from 'vitest'
import { askFor, fixtureNames } from '../../src/author/fixture-names.ts'

/* oxlint-disable no-empty-pattern, typescript/no-unused-vars */
describe('fixtures that a case asks for', () => {
  it.each<[string, (...args: never[]) => unknown, string[]]>([
    ['nothing without a parameter', () => 1, []],
    ['the names it destructures', ({ server, db }: { server: 1; db: 2 }) => server + db, ['server', 'db']],
    ['names before renaming and defaults', ({ server: s, db = 2 }: { server: 1; db?: number }) => s + db, ['server', 'db']],
    ['nothing from a plain context parameter', (context: object) => context, []],
    ['the names of an async function', async ({ server }: { server: 1 }) => server, ['server']],
    ['nothing from a comment', (/* { server } */) => 1, []],
  ])('are %s', (_, fn, names) => {
    expect(fixtureNames(fn)).toEqual(names)
  })

  it('are read from the second parameter where the item comes first', () => {
    expect(fixtureNames((_item: number, { server }: { server: 1 }) => server, 1)).toEqual(['server'])
  })

  it('are what the wrapper shows to Vitest, each once', () => {
    const wrapper = askFor((context: object) => context, ['server', 'db', 'server'])
    expect(fixtureNames(wrapper)).toEqual(['server', 'db'])
    expect(
      fixtureNames(
        askFor(() => 1, ['server'], 1),
        1,
      ),
    ).toEqual(['server'])
  })
})
