import { describe, expect, it } from 'vitest'
import { caseId, slug } from '../../src/model/case-id.ts'

describe('the id of a case', () => {
  it.each([
    ['search_api', 'search_api'],
    ['Parse query (fast)', 'parse_query_fast'],
    ['search at 200/s', 'search_at_200_s'],
    ['検索 速い', '検索_速い'],
    ['data-scale:1000', 'data-scale:1000'],
  ])('of "%s" is %s', (name, id) => {
    expect(slug(name)).toBe(id)
    expect(caseId(name, undefined)).toBe(id)
  })

  it('is the own id where one is given', () => {
    expect(caseId('whatever', 'own_id')).toBe('own_id')
  })

  it('is refused with the place where nothing of the name can stand in a metric', () => {
    expect(() => caseId('!!!', undefined, { file: 'a.bench.ts', line: 3 })).toThrow(
      /"" cannot be the id of the case "!!!"[\s\S]*a\.bench\.ts:3[\s\S]*CASE_ID_INVALID/,
    )
    expect(() => caseId('a', 'two words')).toThrow(/CASE_ID_INVALID/)
  })
})
