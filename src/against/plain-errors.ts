import type { CaseError, Measured } from '../model/measured.ts'

/** The place of a version is gone when its error is read: files are named as the project names them. */
export function withoutPlace(one: Measured, place: string): Measured {
  return one.state === 'failed' ? { ...one, errors: errorsWithout(one.errors, place) } : one
}

/** Errors of files as such, each once. */
export function fileErrors(errors: readonly CaseError[], place: string): CaseError[] {
  const plain = errorsWithout(errors, place).map((error) => ({ ...error, message: withHint(error.message) }))
  return [...new Map(plain.map((error) => [error.message, error])).values()]
}

function errorsWithout(errors: readonly CaseError[], place: string): CaseError[] {
  const shorten = (text: string): string => text.replaceAll(`file://${place}/`, '').replaceAll(`${place}/`, '')
  return errors.map((error) => ({
    ...error,
    message: shorten(error.message),
    ...(error.stack === undefined ? {} : { stack: shorten(error.stack) }),
  }))
}

function withHint(message: string): string {
  const missing = /Cannot find (module|package)|Failed to (resolve|load)|ENOENT/.test(message)
  return missing ? `${message}\nFiles that git ignores are in neither version: make them with --setup.` : message
}
