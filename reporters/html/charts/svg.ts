/** Text and attributes inside our markup: what comes from outside is escaped here, since it is inserted as it is. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** A place along a width that is only known on the page: `37.5%`. */
export const percent = (fraction: number): string => `${round(fraction * 100)}%`

export const round = (value: number): string => String(Math.round(value * 100) / 100)

/** Precise enough for the inner coordinates of a path, and half as long. */
export const tenth = (value: number): number => Math.round(value * 10) / 10
