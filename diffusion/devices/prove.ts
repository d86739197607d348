import { TeststripError } from '#study'
import { Graph } from '../graph/index.ts'
import { type DeviceOptions, lowered, openSession } from '../networks/session.ts'
import { type DeviceName, readDevice } from './device-name.ts'
import { profileOf } from './profile.ts'
import { twin, twinResults } from './twin.ts'

export interface Proof {
  /** Largest relative error of its results against the processor's. */
  error: number
  seconds: number
}

async function run(device: DeviceOptions): Promise<Float32Array[]> {
  const { model, feeds } = twin(new Graph(lowered(device, 'large')))
  const session = await openSession(model, device)
  try {
    return await session.run(feeds)
  } finally {
    await session.release()
  }
}

const proofs = new Map<string, Promise<Proof>>()

/**
 * Lets a device compute a tiny network forwards and backwards and holds the results against the processor's, once per
 * process. Throws `unavailable` with the reason when it cannot, or when it computes something else.
 */
export function proveDevice(device: DeviceOptions): Promise<Proof> {
  const { name } = readDevice(device.device)
  const proof = proofs.get(name) ?? prove(device)
  proofs.set(name, proof)

  return proof
}

async function prove(device: DeviceOptions): Promise<Proof> {
  const { name, kind } = readDevice(device.device)
  const started = performance.now()
  if (kind === 'cpu') return { error: 0, seconds: 0 }
  const expected = await run({ threads: device.threads, device: 'cpu' })
  const found = await run(device).catch((error: Error) => {
    throw new TeststripError('unavailable', `The device ${name} cannot render: ${plainly(error.message)}`, {
      device: name,
    })
  })

  const error = largestError(name, found, expected)

  return { error, seconds: (performance.now() - started) / 1000 }
}

/** How far results are from those expected, relative to their size; throws `unavailable` when that is too far. */
export function largestError(
  name: DeviceName,
  found: readonly Float32Array[],
  expected: readonly Float32Array[],
): number {
  const { tolerance } = profileOf(readDevice(name).kind)
  const errors = found.map((numbers, k) => relativeDistance(numbers, expected[k]!))
  // NaN is not within it either
  const wrong = errors.findIndex((error) => !(error <= tolerance))
  if (wrong >= 0)
    throw new TeststripError(
      'unavailable',
      `The device ${name} computes wrongly: ${twinResults[wrong]} of the test network is off by ${errors[wrong]!.toPrecision(2)} of its size, where ${tolerance} is allowed. Update its driver, or use another device.`,
      { device: name, errors },
    )

  return Math.max(...errors)
}

/** What a provider says when it is not there, in words of use to who reads them. */
function plainly(message: string): string {
  if (/Failed to get a WebGPU adapter/.test(message))
    return 'no GPU was found. On Linux WebGPU needs libvulkan.so.1 and a Vulkan driver of the GPU.'
  if (/Failed to load shared library|_providers_cuda/.test(message))
    return 'the CUDA libraries are not all there; "teststrip doctor" says which are missing.'

  return message
}

/** |a − b| / |b|. */
function relativeDistance(a: Float32Array, b: Float32Array): number {
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0)

  return Math.sqrt(squares(a.map((value, k) => value - b[k]!)) / squares(b))
}
