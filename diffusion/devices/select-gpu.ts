import { TeststripError } from '#study'
import type { NamedDevice } from './device-name.ts'
import { type DrmGpu, drmGpus } from './hardware.ts'

/**
 * Makes webgpu:N the N-th GPU for the whole of this process. The provider itself takes the first GPU that Vulkan
 * lists, so Vulkan's loader is told to list that model alone (older loaders: first); it cannot tell two of one model apart.
 */
export function selectGpu({ name, kind, index }: NamedDevice, gpus: readonly DrmGpu[] = drmGpus()): void {
  if (kind !== 'webgpu' || index === null) return
  const fail = (why: string) =>
    new TeststripError('unavailable', `The device ${name} cannot render: ${why}`, { device: name })
  if (process.platform !== 'linux') throw fail('on this system only webgpu without a number can be chosen.')
  const gpu = gpus[index]
  if (!gpu)
    throw fail(`there ${gpus.length === 1 ? 'is 1 GPU' : `are ${gpus.length} GPUs`} here, counted from 0.`)
  if (gpus.slice(0, index).some((other) => other.vendor === gpu.vendor && other.device === gpu.device))
    throw fail('an earlier GPU is of the same model, and Vulkan can only tell models apart; use cuda:N.')

  process.env.VK_LOADER_DEVICE_SELECT = `0x${gpu.vendor}:0x${gpu.device}`
  process.env.VK_LOADER_VENDOR_ID_FILTER = `0x${gpu.vendor}`
  process.env.VK_LOADER_DEVICE_ID_FILTER = `0x${gpu.device}`
}
