/** Other words for parts of our names, as people of other tools write them. */
const synonyms: Readonly<Record<string, string>> = {
  mean: 'avg',
  average: 'avg',
  median: 'p50',
  rps: 'requestspersecond',
  qps: 'requestspersecond',
  throughput: 'requestspersecond',
  latency: 'time',
  rss: 'memory',
  errors: 'errorcount',
  timeouts: 'timeoutcount',
}
/** Longer words are no slips of a name; comparing them would only cost time. */
const longestWord = 100

const tokens = (word: string): string[] =>
  word
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((token) => token !== '')
    .map((token) => synonyms[token] ?? token)

const plain = (word: string): string => tokens(word).join('')

/** Optimal string alignment distance (Damerau 1964): insertions, deletions, substitutions and neighbours exchanged. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      next.push(cost)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

/** The candidate that was most likely meant by `word`, or `undefined` where none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > longestWord) return undefined
  const wanted = plain(word)
  const wantedTokens = tokens(word)
  const near = wanted.length <= 3 ? 1 : Math.max(2, Math.floor(wanted.length / 3))
  let best: { readonly candidate: string; readonly cost: number } | undefined
  for (const candidate of candidates) {
    const name = plain(candidate)
    const parts = tokens(candidate)
    const contained = wantedTokens.length > 0 && wantedTokens.every((token) => parts.includes(token))
    const cost = contained ? (parts.length - wantedTokens.length) / 10 : distance(wanted, name)
    if ((contained || cost <= near) && (best === undefined || cost < best.cost)) best = { candidate, cost }
  }
  return best?.candidate
}
