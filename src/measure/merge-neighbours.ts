/** Means of so many neighbours each, never across the start of a block. The last group of a block may hold fewer. */
export function mergeNeighbours(
  times: readonly number[],
  starts: readonly number[],
  neighbours: number,
): { readonly times: number[]; readonly starts: number[] } {
  const merged: number[] = []
  const mergedStarts: number[] = []
  for (const [block, start] of starts.entries()) {
    const end = starts[block + 1] ?? times.length
    mergedStarts.push(merged.length)
    for (let from = start; from < end; from += neighbours) {
      const to = Math.min(from + neighbours, end)
      let sum = 0
      for (let index = from; index < to; index++) sum += times[index] ?? 0
      merged.push(sum / (to - from))
    }
  }
  return { times: merged, starts: mergedStarts }
}
