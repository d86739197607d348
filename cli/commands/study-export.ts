import { extname, resolve } from 'node:path'
import { Command } from 'commander'
import { writeArchive } from '#archive'
import { studyIds } from '#prisma'
import { studyFileToYaml } from '#study'
import { print, printJson, progressLine, say, writeWhole } from '../output.ts'
import { withStores } from '../stores.ts'
import { readStudy, studyId } from '../studies.ts'

interface Options {
  out?: string
  json?: boolean
}

export const studyExportCommand = () =>
  new Command('export')
    .description('The study file of a study; as .zip the whole study with its pictures, marks and notes')
    .argument('<id>', 'id of a study')
    .option('--out <file>', 'write it there instead of printing it; a name in .zip takes the pictures along')
    .option('--json', 'as JSON instead of YAML; with a .zip, answer in JSON')
    .action(exportStudy)

async function exportStudy(id: string, { out, json }: Options): Promise<void> {
  if (out && extname(out).toLowerCase() === '.zip') return exportWhole(id, out, json)

  const { file } = await readStudy(await studyId(id))
  if (out) return writeWhole(out, json ? `${JSON.stringify(file, null, 2)}\n` : studyFileToYaml(file))
  if (json) return printJson(file)

  process.stdout.write(studyFileToYaml(file))
}

async function exportWhole(id: string, out: string, json?: boolean): Promise<void> {
  const progress = progressLine()
  try {
    const exported = await withStores(async ({ ledger, blobs }) =>
      writeArchive({
        ledger,
        blobs,
        id: await studyId(id, (start) => studyIds(ledger, start)),
        out,
        onPicture: (count, of) => progress.show(`${count} of ${of} pictures`),
      }),
    )
    progress.end()
    if (json) return printJson({ file: resolve(out), ...exported })

    print(`${out}: ${exported.cells} cells, ${exported.pictures} pictures`)
    if (exported.missing > 0)
      say(
        `${exported.missing} cells are not finished and not in it; an import renders them when it is started.`,
      )
  } finally {
    progress.end()
  }
}
