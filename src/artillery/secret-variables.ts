import { isSecretName } from '../model/secrets.ts'

/**
 * Secret values on their way to Artillery: the script names environment variables in their place. (Templates of Artillery read the environment of its workers as
 * `$env`.)
 */
export class SecretVariables {
  readonly #values: Record<string, string> = {}

  /** The values by the names of their variables. */
  get environment(): Readonly<Record<string, string>> {
    return this.#values
  }

  hide(value: string): string {
    const known = Object.entries(this.#values).find(([, one]) => one === value)?.[0]
    const variable = known ?? `VITEST_PERF_SECRET_${Object.keys(this.#values).length + 1}`
    this.#values[variable] = value
    return `{{ $env.${variable} }}`
  }

  /** Values of query parameters with secret names. */
  hideInPath(path: string): string {
    return path.replace(/([?&;])([^=&;#]+)=([^&;#]+)/g, (whole, before: string, name: string, value: string) =>
      isSecretName(name) ? `${before}${name}=${this.hide(value)}` : whole,
    )
  }
}
