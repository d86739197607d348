import { Command } from 'commander'
import { cudaNeeds, installCuda, providerLibraries, thisHost, thisInstaller } from '#diffusion'
import { TeststripError } from '#study'
import { print, printJson, say } from '../output.ts'

export function setupCommand(): Command {
  const setup = new Command('setup').description('Fetch what some devices need').helpCommand(false)
  setup
    .command('cuda')
    .description("ONNX Runtime's CUDA libraries, on a machine with an NVIDIA GPU (some 300 MB)")
    .option('--json', 'answer in JSON')
    .action(cuda)

  return setup
}

/** Fetches the provider libraries unless they are here, and says what else cuda:N needs. */
async function cuda({ json }: { json?: boolean }): Promise<void> {
  const host = thisHost()
  const platform = cudaNeeds(host).find(({ name }) => name === 'platform')!
  if (platform.missing) throw new TeststripError('unavailable', `${platform.missing}.`)

  if (!providerLibraries.every((file) => host.hasProvider(file))) {
    say("Fetching ONNX Runtime's CUDA libraries")
    installCuda(thisInstaller())
  }
  const needs = cudaNeeds(host)
  if (json) return printJson(needs)
  for (const { name, missing } of needs)
    print(`${missing ? 'bad ' : 'ok  '} ${name}${missing ? `: ${missing}` : ''}`)
}
