import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { readSheet } from '#charts/print'
import { studyFileToYaml } from '#study'
import { printJson, say, writeWhole } from '../output.ts'

export const openCommand = () =>
  new Command('open')
    .description('Read the study back out of a sheet')
    .argument('<sheet.png>', 'a sheet that Teststrip has exported')
    .option('--out <file>', 'write the study file there instead of printing it')
    .option('--json', 'everything inside, as JSON')
    .action(open)

async function open(path: string, options: { out?: string; json?: boolean }): Promise<void> {
  const inside = readSheet(await readFile(path))
  if (options.out) await writeWhole(options.out, studyFileToYaml(inside.file))
  if (options.json) return printJson(inside)

  say(
    `Study ${inside.study.id}, pack ${inside.pack.name} (${inside.pack.hash.slice(0, 12)}), ${inside.renderKeys.length} renders`,
  )
  if (!options.out) process.stdout.write(studyFileToYaml(inside.file))
}
