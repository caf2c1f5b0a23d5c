/**
 * Escape sequences as ECMA-48 (1991), 5.3 to 5.6, has them: a control string with its end, a control sequence, and any other escape; each with the
 * introducer of seven bits or of eight. A string without an end loses its introducer only, so that no words go with it.
 */
const sequences =
  // eslint-disable-next-line no-control-regex -- naming them is the point
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u0080-\u009f\n]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]/g

/**
 * The text without colours, links and movements of the cursor. `stripVTControlCharacters` of node:util takes words with them in some releases: that of
 * Node 22.12 everything between a colour and the next bell.
 */
export const withoutEscapes = (text: string): string => text.replace(sequences, '')
