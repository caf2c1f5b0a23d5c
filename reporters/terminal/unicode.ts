type Environment = Readonly<Record<string, string | undefined>>

/** Whether a terminal shows signs beyond ASCII: not the Linux console, and not one whose locale names another character set. */
export function showsUnicode(env: Environment, platform: NodeJS.Platform = process.platform): boolean {
  if (env['TERM'] === 'linux' || env['TERM'] === 'dumb') return false
  if (platform === 'win32') return Boolean(env['WT_SESSION'] ?? env['TERM_PROGRAM'] ?? env['CI'] ?? env['ConEmuTask'])
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || ''
  // No locale is said in most containers and CI machines, whose logs are UTF-8.
  return !/\.(?!utf-?8)/i.test(locale)
}
