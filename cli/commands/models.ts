import { Command } from 'commander'
import { add } from './models/add.ts'
import { list } from './models/list.ts'
import { pull } from './models/pull.ts'
import { verify } from './models/verify.ts'

export function modelsCommand(): Command {
  const models = new Command('models')
    .description('Packs of network weights on this machine')
    .helpCommand(false)
  models.command('list').description('What is installed').option('--json', 'answer in JSON').action(list)
  models
    .command('verify')
    .description('Check the SHA-256 and the tensors of every weight file')
    .argument('[place]', 'folder of one pack, or a loose weight file; everything installed without it')
    .option('--json', 'answer in JSON')
    .action(verify)
  models
    .command('add')
    .description('Install a pack, or the known weight files, from another folder')
    .argument('<dir>', 'a folder with a pack.json, or with files that Disco Diffusion uses')
    .option('--link', 'link to the files where they are instead of copying them')
    .option('--json', 'answer in JSON')
    .action(add)
  models
    .command('pull')
    .description('Download weight files, continue where a download stopped, and check their SHA-256')
    .argument('[name...]', 'models or sets of models; lists them without it')
    .option('--json', 'answer in JSON')
    .action(pull)

  return models
}
