import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { checkPixels, openSheet, settingsOfPicture } from '#charts/print'
import { studyFileToYaml, TeststripError } from '#study'
import { print, printJson, say, writeWhole } from '../output.ts'

interface Options {
  out?: string
  json?: boolean
}

export const openCommand = () =>
  new Command('open')
    .description('Read the study back out of an exported sheet, or the settings out of a single picture')
    .argument('<file>', 'anything that Teststrip has exported: PNG, JPEG, WebP, AVIF, SVG, PDF, ZIP, HTML …')
    .option('--out <file>', 'write the study file there instead of printing it')
    .option('--json', 'everything inside, as JSON')
    .action(open)

async function open(path: string, options: Options): Promise<void> {
  let inside: Awaited<ReturnType<typeof openSheet>>
  try {
    inside = await openSheet(path)
  } catch (error) {
    if (error instanceof TeststripError && error.details.isPicture) return openPicture(path, options)
    throw error
  }

  const pixels = await checkPixels(path)
  if (options.out) await writeWhole(options.out, studyFileToYaml(inside.file))
  if (options.json) return printJson({ ...inside, pixels })

  say(
    `Study ${inside.study.id}, pack ${inside.pack.name} (${inside.pack.hash.slice(0, 12)}), ${inside.renderKeys.length} renders`,
  )
  if (pixels) say(pixelWords[pixels])
  if (!options.out) process.stdout.write(studyFileToYaml(inside.file))
}

const pixelWords = {
  same: 'The pictures are as they were exported.',
  changed: 'The pictures were changed after the export; the study inside is as it was.',
}

/** A single picture holds no study, but how it was made. */
async function openPicture(path: string, { out, json }: Options): Promise<void> {
  const settings = settingsOfPicture(await readFile(path))
  if (settings === null) throw new TeststripError('invalid_input', `There are no settings inside ${path}.`)
  if (out) await writeWhole(out, settings)
  if (json) return printJson({ settings: JSON.parse(settings) })
  if (!out) print(settings.trimEnd())
}
