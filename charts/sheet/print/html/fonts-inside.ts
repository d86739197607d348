import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const here = createRequire(import.meta.url)

/** What the page's own words and most values are written in; anything else is left to the reader's fonts. */
const faces = [
  {
    family: 'Inter Variable',
    weight: '100 900',
    file: '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  },
  {
    family: 'IBM Plex Mono',
    weight: '400',
    file: '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2',
  },
  {
    family: 'Source Serif 4',
    weight: '600',
    file: '@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2',
  },
]

/** The fonts of a page as style rules that hold the files themselves. */
export async function fontsInside(): Promise<string> {
  const rules = faces.map(async ({ family, weight, file }) => {
    const bytes = await readFile(here.resolve(/* turbopackIgnore: true */ file))

    return `@font-face{font-family:"${family}";font-weight:${weight};src:url(data:font/woff2;base64,${bytes.toString('base64')}) format("woff2")}`
  })

  return (await Promise.all(rules)).join('')
}
