import { Command } from 'commander'
import { lookAtDevices } from '#diffusion'
import { checkLedger } from '#prisma'
import { TeststripError } from '#study'
import { checkBlobs } from '../check-blobs.ts'
import { print, printJson } from '../output.ts'
import { packPlaces } from '../packs.ts'
import { withStores } from '../stores.ts'

export const doctorCommand = () =>
  new Command('doctor')
    .description('What is installed, reachable and large enough')
    .option(
      '--ledger',
      'check the ledger instead: what must be true of studies, renders and pictures at every moment',
    )
    .option('--json', 'answer in JSON')
    .action((options: { ledger?: boolean; json?: boolean }) =>
      options.ledger ? examineLedger(options) : examine(options),
    )

async function examineLedger({ json }: { json?: boolean }): Promise<void> {
  const verdicts = await withStores(async ({ ledger, blobs }) => [
    ...(await checkLedger(ledger)),
    ...(await checkBlobs({ ledger, blobs })),
  ])
  if (json) printJson(verdicts)
  else
    for (const { ok, words, count, such } of verdicts) {
      print(`${ok ? 'ok  ' : 'bad '} ${words}`)
      for (const who of such) print(`       ${who}`)
      if (count > such.length) print(`       and ${count - such.length} more`)
    }

  const bad = verdicts.filter(({ ok }) => !ok)
  if (bad.length > 0)
    throw new TeststripError(
      'internal',
      `The ledger is not sound: ${bad.map(({ name, count }) => `${name} (${count})`).join(', ')}.`,
      { broken: bad.map(({ name }) => name) },
    )
}

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
