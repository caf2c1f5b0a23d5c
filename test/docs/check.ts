import { commandProblems, problemOf } from './check-commands.ts'
import { jsonProblems, quotedProblems, yamlProblems } from './check-data.ts'
import { isProgram, programProblems } from './check-typescript.ts'
import { blocksOf, inlineCode, type Block, type Document } from './markdown.ts'
import { commandsOf } from './shell-words.ts'

/** Output that is shown, and languages of other tools: nothing of ours can be wrong in them but command lines. */
export const exempt = ['text', 'console', 'groovy']

/** Everything in code that does not hold, as `document:line what`. */
export async function codeProblems(documents: readonly Document[]): Promise<string[]> {
  const blocks = documents.flatMap(blocksOf)
  const checked = await Promise.all([programProblems(blocks), ...blocks.map(blockProblems), mentionProblems(documents)])
  return checked.flat()
}

async function blockProblems(block: Block): Promise<string[]> {
  const { language } = block
  if (isProgram(block)) return []
  if (language === 'sh') return commandProblems(block)
  if (language === 'json' || language === 'jsonc') return jsonProblems(block)
  if (language === 'yaml') return yamlProblems(block)
  if (exempt.includes(language)) return quotedProblems(block)
  return [`${block.file}:${block.line} ${language === '' ? 'a block without a language' : `nothing checks blocks of "${language}"`}`]
}

/** Command lines in sentences and tables. Those with a placeholder are forms and no command lines. */
async function mentionProblems(documents: readonly Document[]): Promise<string[]> {
  const problems: string[] = []
  for (const { file, line, text } of documents.flatMap(inlineCode)) {
    if (!/^(?:(?:npx )?(?:vitest-perf|vitest|node)|npm run) [\w-]/.test(text) || /[<[…]|\.\.\./.test(text)) continue
    const problem = await problemOf(commandsOf(text)[0] ?? [], true)
    if (problem !== undefined) problems.push(`${file}:${line} ${problem}`)
  }
  return problems
}
