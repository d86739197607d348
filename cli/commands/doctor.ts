import { Command } from 'commander'
import { lookAtDevices } from '#diffusion'
import { TeststripError } from '#study'
import { print, printJson } from '../output.ts'
import { packPlaces } from '../packs.ts'

export const doctorCommand = () =>
  new Command('doctor')
    .description('What is installed, reachable and large enough')
    .option('--json', 'answer in JSON')
    .action(examine)

async function examine({ json }: { json?: boolean }): Promise<void> {
  const { doctor } = await import('../../scripts/stack/index.ts')
  const packs = await packPlaces()
  const findings = [
    ...(await doctor()),
    ...(await lookAtDevices()).map((device) => ({ ...device, name: `Device ${device.name}` })),
    { name: 'Packs', ok: packs.length > 0, detail: packs.join(', ') || 'none; put one into models/packs' },
  ]
  if (json) printJson(findings)
  else {
    const width = Math.max(...findings.map(({ name }) => name.length))
    for (const { name, ok, detail } of findings)
      print(`${ok ? 'ok  ' : 'bad '} ${name.padEnd(width)}  ${detail}`)
  }

  const bad = findings.filter(({ ok }) => !ok)
  if (bad.length > 0)
    throw new TeststripError(
      'unavailable',
      `Not in order: ${bad.map(({ name, detail }) => `${name} (${detail})`).join('; ')}.`,
    )
}
