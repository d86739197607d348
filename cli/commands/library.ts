import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { exportLibrary } from '../library/export-library.ts'
import { print, printJson, progressLine, say, wrongUse } from '../output.ts'
import { withStores } from '../stores.ts'

interface Options {
  title: string
  theme: 'light' | 'dark'
  url?: string
  json?: boolean
}

export const libraryCommand = () =>
  new Command('library').description('All studies at once').addCommand(
    new Command('export')
      .description('Write the library as a folder of web pages that any host can serve, or a browser open')
      .argument('<dir>', 'the folder; pictures that are in it already are not written again')
      .option('--title <text>', 'over the cards', 'Teststrip')
      .addOption(
        new Option('--theme <name>', 'of pages and sheets').choices(['light', 'dark']).default('light'),
      )
      .option('--url <address>', 'where the folder will be, for the cards that other sites show', readUrl)
      .option('--json', 'answer in JSON')
      .action(library),
  )

async function library(dir: string, { json, ...options }: Options): Promise<void> {
  const progress = progressLine()
  try {
    await mkdir(dir, { recursive: true })
    const { studies, left } = await withStores((stores) =>
      exportLibrary({
        ...stores,
        ...options,
        out: resolve(dir),
        progress: (study, done, of) => progress.show(`${done} of ${of}: ${study}`),
      }),
    )
    progress.end()
    if (json) return printJson({ folder: resolve(dir), studies, left })

    print(`${dir}: ${studies} ${studies === 1 ? 'study' : 'studies'}; open index.html`)
    for (const title of left) say(`"${title}" was left out: no worker knows its pack any more.`)
  } finally {
    progress.end()
  }
}

function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:\/\//.test(text)) return text.replace(/\/+$/, '')

  throw wrongUse(`--url must be an address such as https://example.org/strips, but is ${text}.`)
}
