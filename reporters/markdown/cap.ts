/** The longest version that fits: lists are cut, never the text in the middle of a table or a character. */
export function capped(render: (mostLines: number) => string, maxBytes: number): string {
  for (const most of [500, 200, 100, 50, 25, 10, 5, 2, 1]) {
    const text = render(most)
    if (Buffer.byteLength(text) <= maxBytes) return text
  }
  return render(0)
}
