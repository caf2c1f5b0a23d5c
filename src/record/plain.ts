type Primitive = string | number | boolean | null | undefined

/** `T` with everything that does not survive serialisation turned into `never`. */
export type Plain<T> = T extends Primitive
  ? T
  : T extends (...args: never[]) => unknown
    ? never
    : T extends Date | RegExp | Error | Map<unknown, unknown> | Set<unknown> | bigint | symbol
      ? never
      : { [Key in keyof T]: Plain<T[Key]> }
