import { Command } from 'commander'
import { ask } from '../api.ts'
import { print, printJson } from '../output.ts'
import { studyId } from '../studies.ts'

/** What is done to a study that is not running: its name, what it is for, the request, the word for it done. */
const housekeeping = (
  name: string,
  description: string,
  options: { method: string; path: string; done: string },
) =>
  new Command(name)
    .description(description)
    .argument('<id>', 'id of a study')
    .option('--json', 'answer in JSON')
    .action(async (text: string, { json }: { json?: boolean }) => {
      const id = await studyId(text)
      await ask(`/api/studies/${id}${options.path}`, { method: options.method })
      if (json) return printJson({ id, [options.done]: true })

      print(`${id}: ${options.done}`)
    })

export const studyArchiveCommand = () =>
  housekeeping('archive', 'Put a study aside: kept whole, no longer in the library', {
    method: 'POST',
    path: '/archive',
    done: 'archived',
  })

export const studyRestoreCommand = () =>
  housekeeping('restore', 'Bring an archived study back into the library', {
    method: 'POST',
    path: '/restore',
    done: 'restored',
  })

export const studyDeleteCommand = () =>
  housekeeping('delete', 'Delete a study, its marks and sheets; its pictures stay for 30 days', {
    method: 'DELETE',
    path: '',
    done: 'deleted',
  })
