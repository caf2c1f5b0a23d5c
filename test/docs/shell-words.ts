/** Commands of a line of a shell: words without their quotes. Knows quotes, comments, pipes, lists and redirections. */
export function commandsOf(text: string): string[][] {
  // What an expression of a workflow stands for is known to GitHub only.
  const line = text.replaceAll(/\$\{\{[^}]*\}\}/g, '1')
  const commands: string[][] = [[]]
  let word: string | undefined
  const end = (): void => {
    if (word !== undefined) commands.at(-1)?.push(word)
    word = undefined
  }
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at)
    if (sign === '#' && word === undefined) break
    if (sign === "'" || sign === '"') {
      const close = line.indexOf(sign, at + 1)
      word = (word ?? '') + line.slice(at + 1, close)
      at = close
    } else if (sign === ' ') end()
    else if ('|;&'.includes(sign)) {
      end()
      commands.push([])
    } else if (sign === '<' || sign === '>') {
      end()
      commands.at(-1)?.push(sign.repeat(line.startsWith(sign, at + 1) ? 2 : 1))
      if (line.startsWith(sign, at + 1)) at++
    } else word = (word ?? '') + sign
  }
  end()
  return commands.filter((words) => words.length > 0).map(withoutRedirections)
}

function withoutRedirections(words: readonly string[]): string[] {
  return words.filter((word, index) => !/^[<>]+$/.test(word) && !/^[<>]+$/.test(words[index - 1] ?? ''))
}
