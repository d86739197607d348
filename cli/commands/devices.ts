import { Command } from 'commander'
import { z } from 'zod'
import { askJson } from '../api.ts'
import { print, printJson } from '../output.ts'
import { limitOf, toBytes } from './limits.ts'

interface Shared {
  json?: boolean
}

const fleet = z.object({
  devices: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      packs: z.array(z.string()),
      secondsPerStep: z.number().nullable(),
      silentSeconds: z.number(),
      aside: z.object({ reason: z.string(), seconds: z.number() }).nullable(),
      now: z.array(z.object({ title: z.string(), seq: z.number() })),
      memoryLimit: z.number().nullable(),
      batchLimit: z.number().nullable(),
    }),
  ),
})
type FleetDevice = z.infer<typeof fleet>['devices'][number]

const silentAfter = 30

/** The devices that render: what they are at, set aside and brought back, limited. */
export function devicesCommand(): Command {
  const devices = new Command('devices')
    .description('The devices that render, and what they are at')
    .option('--json', 'answer in JSON')
    .helpCommand(false)
    .action((options: Shared) => list(options))

  devices
    .command('back')
    .description('Give a device work again that was set aside')
    .argument('<id>', 'name of a device, such as lab/cuda:0')
    .option('--json', 'answer in JSON')
    .action((id: string, options: Shared) => change({ id, aside: false }, options))
  devices
    .command('aside')
    .description('Give a device no more work; what it renders is finished')
    .argument('<id>', 'name of a device')
    .option('--json', 'answer in JSON')
    .action((id: string, options: Shared) => change({ id, aside: true }, options))
  devices
    .command('limit')
    .description('Say how much a device may use; "all" lifts a limit')
    .argument('<id>', 'name of a device')
    .option('--memory <GB>', 'gigabytes of memory')
    .option('--batch <n>', 'renders together')
    .option('--json', 'answer in JSON')
    .action((id: string, options: Shared & { memory?: string; batch?: string }) =>
      change(
        {
          id,
          memoryLimit: toBytes(limitOf('--memory', options.memory)),
          batchLimit: limitOf('--batch', options.batch),
        },
        options,
      ),
    )

  return devices
}

async function list({ json }: Shared): Promise<void> {
  show((await askJson(fleet, '/api/devices')).devices, json)
}

async function change(body: { id: string } & Record<string, unknown>, { json }: Shared): Promise<void> {
  const { devices } = await askJson(fleet, '/api/devices', { method: 'PATCH', body: JSON.stringify(body) })
  show(
    devices.filter(({ id }) => id === body.id),
    json,
  )
}

function show(devices: FleetDevice[], json?: boolean): void {
  if (json) {
    printJson(devices)

    return
  }
  if (devices.length === 0) print('No device has joined yet.')
  for (const device of devices) print(`${device.id}  ${stateOf(device)}`)
}

function stateOf({ aside, silentSeconds, now, secondsPerStep }: FleetDevice): string {
  if (aside) return `set aside: ${aside.reason}`
  if (silentSeconds > silentAfter) return `silent for ${Math.round(silentSeconds)} s`
  const speed = secondsPerStep === null ? '' : `, ${secondsPerStep.toPrecision(2)} s per step`
  if (now.length === 0) return `waiting for work${speed}`

  return `rendering ${now.map(({ title, seq }) => `${title} (cell ${seq})`).join(', ')}${speed}`
}
