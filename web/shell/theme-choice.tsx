'use client'

import { useSyncExternalStore } from 'react'
import { Segments } from './segments.tsx'
import { type Theme, themeCookie, themeOf } from './theme.ts'

const options = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const

const changed = new EventTarget()

const subscribe = (listener: () => void): (() => void) => {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}

const current = (): Theme | 'system' => themeOf(document.documentElement.dataset.theme) ?? 'system'

/** Sets the theme at once and keeps it in a cookie, which the server reads for the next page. */
function choose(theme: Theme | 'system') {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax`
  changed.dispatchEvent(new Event('change'))
}

export function ThemeChoice() {
  const theme = useSyncExternalStore(subscribe, current, () => 'system' as const)

  return <Segments label="Theme" options={options} value={theme} onChange={choose} />
}
