import { availableParallelism, totalmem } from 'node:os'
import { type DeviceName, deviceCandidates, nvidiaGpus, readDevice } from '#diffusion'
import { TeststripError } from '#study'
import type { Logger } from '../log.ts'
import type { OpenRenderer } from '../renderer/renderer.ts'
import { Device } from './device.ts'
import { takeDeviceId } from './device-id.ts'

export interface OpenDevicesOptions {
  /** Named ones, or 'auto' for the best kind that this machine has. */
  devices: readonly DeviceName[] | 'auto'
  host: string
  /** Folder for what outlives this process. */
  data: string
  /** Renders that each device steps together. */
  batch: number
  log: Logger
  openRenderer?: OpenRenderer
}

/**
 * One renderer process per device, of those that have proved themselves. A device that computes wrongly or is not there
 * is left out with its reason in the log; throws `unavailable` when none is left.
 */
export async function openDevices(options: OpenDevicesOptions): Promise<Device[]> {
  const { devices, log } = options
  const kinds = devices === 'auto' ? deviceCandidates() : [devices]

  for (const names of kinds) {
    const opened = await open(names, options)
    const reasons = await Promise.all(opened.map((device) => whyNot(device)))
    const proved = opened.filter((_, k) => reasons[k] === null)
    for (const [k, device] of opened.entries()) {
      if (reasons[k] === null) continue
      device.renderer.close()
      log.error({ device: device.id, reason: reasons[k] }, 'device left out')
    }
    if (proved.length > 0) return proved
  }

  throw new TeststripError(
    'unavailable',
    `None of the devices ${kinds.flat().join(', ')} can render here; the log says why of each.`,
  )
}

async function open(names: readonly DeviceName[], options: OpenDevicesOptions): Promise<Device[]> {
  const { host, data, batch, log, openRenderer } = options
  const threads = Math.max(1, Math.floor(availableParallelism() / names.length))
  const opened: Device[] = []

  for (const kind of names) {
    const id = await takeDeviceId({ host, kind, data })
    const memory = memoryOf(kind)
    opened.push(
      new Device({ id, kind, threads, batch, memory, openRenderer, log: log.child({ device: id }) }),
    )
  }

  return opened
}

/** The processor is what the others are held against. */
const whyNot = ({ options, renderer }: Device): Promise<string | null> =>
  options.kind === 'cpu' ? Promise.resolve(null) : renderer.prove()

/** Bytes; WebGPU does not tell. */
function memoryOf(name: DeviceName): number | null {
  const { kind, index } = readDevice(name)
  if (kind === 'cpu') return totalmem()
  if (kind === 'cuda') return nvidiaGpus()[index!]?.memory ?? null

  return null
}
