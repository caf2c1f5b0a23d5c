import { one, remembered } from './dom.ts'

const root = document.documentElement

export function toggleTheme(): void {
  const dark = root.dataset['theme'] ? root.dataset['theme'] === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset['theme'] = dark ? 'light' : 'dark'
  remembered.set('theme', root.dataset['theme'])
}

export function startTheme(): void {
  const chosen = remembered.get('theme')
  if (chosen === 'light' || chosen === 'dark') root.dataset['theme'] = chosen
  one('#theme')?.addEventListener('click', toggleTheme)
}
