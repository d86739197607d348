import { Command } from 'commander'
import { importArchive } from '#archive'
import { print, printJson, progressLine } from '../output.ts'
import { withStores } from '../stores.ts'

interface Options {
  copy?: boolean
  json?: boolean
}

export const studyImportCommand = () =>
  new Command('import')
    .description('Take in a study that "study export --out FILE.zip" wrote; nothing is rendered again')
    .argument('<file.zip>', 'an exported study')
    .option('--copy', 'under a new id, beside the study if it is here already')
    .option('--json', 'answer in JSON')
    .action(importStudy)

async function importStudy(path: string, { copy, json }: Options): Promise<void> {
  const progress = progressLine()
  try {
    const imported = await withStores((stores) =>
      importArchive({
        ...stores,
        path,
        copy,
        onPicture: (count, of) => progress.show(`${count} of ${of} pictures`),
      }),
    )
    progress.end()
    if (json) return printJson(imported)

    const { id, title, status, cells, pictures, known } = imported
    print(`${id}: ${title}, ${status}, ${cells} cells, ${pictures} pictures, ${known} of them here already`)
  } finally {
    progress.end()
  }
}
