/** Ends a case as `not_applicable`: it has no numbers, and the report says why and what would make it run. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable'
}

/**
 * Say that a case cannot run here: `notApplicable('no PostgreSQL: set DATABASE_URL')`. Call it in a body or a fixture.
 *
 * @throws always
 */
export function notApplicable(reason: string): never {
  throw new NotApplicable(reason)
}
