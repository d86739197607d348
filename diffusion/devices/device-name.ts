import { TeststripError } from '#study'

export type DeviceKind = 'cpu' | 'webgpu' | 'cuda'

/** What renders: the processor, any GPU, the n-th GPU as the system lists them, the n-th NVIDIA GPU. */
export type DeviceName = 'cpu' | 'webgpu' | `webgpu:${number}` | `cuda:${number}`

export interface NamedDevice {
  name: DeviceName
  kind: DeviceKind
  /** null: the provider chooses, the most capable one first */
  index: number | null
}

/**
 * Reads the name of a device.
 *
 * @example readDevice('cuda') // { name: 'cuda:0', kind: 'cuda', index: 0 }
 */
export function readDevice(text: string): NamedDevice {
  const [, kind, digits] = /^(cpu|webgpu|cuda)(?::(\d{1,2}))?$/.exec(text) ?? []
  const index = digits === undefined ? null : Number(digits)

  if (kind === 'cpu' && index === null) return { name: 'cpu', kind, index: null }
  if (kind === 'cuda') return { name: `cuda:${index ?? 0}`, kind, index: index ?? 0 }
  if (kind === 'webgpu') return { name: index === null ? 'webgpu' : `webgpu:${index}`, kind, index }

  throw new TeststripError(
    'invalid_input',
    `A device must be cpu, webgpu, webgpu:N or cuda:N with N from 0 to 99, but is "${text}".`,
    { device: text },
  )
}
