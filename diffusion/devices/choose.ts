import { TeststripError } from '#study'
import { cudaNeeds, thisHost } from './cuda-needs.ts'
import type { DeviceName } from './device-name.ts'
import { drmGpus, hasGpu } from './hardware.ts'

/**
 * Devices to try, best first, each entry all devices of one kind: NVIDIA's GPUs where all is there that they need,
 * else any GPU, else the processor, which always works. Nothing is loaded to find out: whether one renders is for
 * `proveDevice` to say.
 */
export function deviceCandidates(
  facts: { cuda: number; gpu: boolean } = {
    cuda: usableCuda(),
    gpu: hasGpu({ ...process, gpus: drmGpus() }),
  },
): DeviceName[][] {
  const cuda = Array.from({ length: facts.cuda }, (_, n): DeviceName => `cuda:${n}`)

  return [...(cuda.length > 0 ? [cuda] : []), ...(facts.gpu ? [['webgpu'] as DeviceName[]] : []), ['cpu']]
}

function usableCuda(): number {
  const host = thisHost()

  return cudaNeeds(host).every(({ missing }) => missing === null) ? host.gpus : 0
}

/**
 * The first device that `works` does not refuse; what was refused is told. The processor is never refused.
 *
 * @example await chooseDevice(proveDevice, say)
 */
export async function chooseDevice(
  works: (device: DeviceName) => Promise<unknown>,
  say: (notice: string) => void,
  candidates = deviceCandidates(),
): Promise<DeviceName> {
  for (const device of candidates.flat()) {
    if (device === 'cpu') return device
    try {
      await works(device)

      return device
    } catch (error) {
      if (!(error instanceof TeststripError)) throw error
      say(`${error.message} Trying the next device.`)
    }
  }

  return 'cpu'
}
