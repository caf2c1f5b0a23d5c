/** A workflow command of GitHub Actions, `::error file=…,line=…::message`, with everything escaped that would end a part of it. */
export function workflowCommand(
  command: 'error' | 'warning',
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '')
  const list = known.map(([name, value]) => `${name}=${property(String(value))}`).join(',')
  return `::${command}${list ? ` ${list}` : ''}::${data(message)}`
}

// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** A line of `$GITHUB_OUTPUT`; a value cannot break out of it, for it has no line end. */
export const outputLine = (name: string, value: string): string => `${name}=${value.replace(/[\r\n]+/g, ' ')}\n`
