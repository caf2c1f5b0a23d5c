/** Until Vitest 4 benchmarks are a mode of a whole run; since Vitest 5 they are projects, with a provider. */
export function hasBenchmarkMode({ version }: { readonly version: string }): boolean {
  return numbersOf(version)[0] < 5
}

/** `vitest bench` of such a version, and not `vitest run`. */
export function isInBenchmarkMode(vitest: object): boolean {
  return (vitest as { readonly mode?: string }).mode === 'benchmark'
}

export function numbersOf(version: string): readonly [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return [major, minor]
}
