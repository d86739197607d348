import { Command } from 'commander'
import { z } from 'zod'
import { askJson } from '../api.ts'
import { print, printJson } from '../output.ts'
import { inWords, readStudy, studyId, studySchema } from '../studies.ts'

export const studyStatusCommand = () =>
  new Command('status')
    .description('How far a study is; without an id, all studies')
    .argument('[id]', 'id of a study')
    .option('--json', 'answer in JSON')
    .action(status)

async function status(id: string | undefined, options: { json?: boolean }): Promise<void> {
  if (id === undefined) return listAll(options)
  const study = await readStudy(await studyId(id))
  if (options.json) return printJson(study)

  print(`${study.title}: ${study.status}, ${inWords(study.progress)}`)
}

async function listAll({ json }: { json?: boolean }): Promise<void> {
  const { studies } = await askJson(z.object({ studies: z.array(studySchema) }), '/api/studies?limit=500')
  if (json) return printJson(studies)
  if (studies.length === 0) print('There are no studies yet.')
  for (const study of studies)
    print(`${study.id}  ${study.status.padEnd(9)}  ${inWords(study.progress)}  ${study.title}`)
}
