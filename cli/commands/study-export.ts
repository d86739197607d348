import { Command } from 'commander'
import { studyFileToYaml } from '#study'
import { printJson, writeWhole } from '../output.ts'
import { readStudy, studyId } from '../studies.ts'

export const studyExportCommand = () =>
  new Command('export')
    .description('The study file of a study, to keep or to give away')
    .argument('<id>', 'id of a study')
    .option('--out <file>', 'write it there instead of printing it')
    .option('--json', 'as JSON instead of YAML')
    .action(exportStudy)

async function exportStudy(id: string, options: { out?: string; json?: boolean }): Promise<void> {
  const { file } = await readStudy(await studyId(id))
  if (options.out)
    return writeWhole(
      options.out,
      options.json ? `${JSON.stringify(file, null, 2)}\n` : studyFileToYaml(file),
    )
  if (options.json) return printJson(file)

  process.stdout.write(studyFileToYaml(file))
}
