import '@fontsource-variable/inter'
import '@fontsource/ibm-plex-mono/latin-400.css'
import '@fontsource/ibm-plex-mono/latin-500.css'
import '@fontsource/ibm-plex-mono/latin-600.css'
import '@fontsource/source-serif-4/latin-400.css'
import '@fontsource/source-serif-4/latin-600.css'
import '../styles/tokens.css'
import '../styles/base.css'
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { DropAnywhere } from '../shell/drop-anywhere.tsx'
import { themeCookie, themeOf } from '../shell/theme.ts'

export const metadata: Metadata = {
  title: { default: 'Teststrip', template: '%s · Teststrip' },
  description:
    'Parameter studies for CLIP-guided diffusion: choose a few parameters, render the grid, read the chart.',
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

/** Reading the theme cookie here means the first byte already has the right colours: no script, no flash. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(themeCookie)?.value)

  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <body>
        {children}
        <DropAnywhere />
      </body>
    </html>
  )
}
