import { InferenceSession, Tensor } from 'onnxruntime-node'
import { largeNetwork, TeststripError } from '#study'
import { type DeviceName, type NamedDevice, readDevice } from '../devices/device-name.ts'
import { hasOneHeap } from '../devices/one-heap.ts'
import { type Profile, profileOf } from '../devices/profile.ts'
import { selectGpu } from '../devices/select-gpu.ts'
import { type Lowering, type Model, type Shape, sized, type Value } from '../graph/index.ts'

export interface DeviceOptions {
  /**
   * Threads inside one operation. Small networks are fastest with one: two renderers of one thread beat one of two.
   * Results were the same to the bit with one and two threads, but ONNX Runtime does not promise it, so an engine
   * keeps its number.
   */
  threads: number
  device: DeviceName
  /**
   * Is shown every model, which then runs on the processor as it was written for the device: how that is checked where
   * the device itself is missing.
   */
  rehearse?: (model: Model) => void
}

/**
 * How the graph of a network is to be written for a device. As in Disco Diffusion, the large ones (UNet, CLIP's view of
 * pictures) may be float16 inside where the device is faster so; all others are float32 everywhere.
 */
export function lowered({ device }: DeviceOptions, network: 'large' | 'small'): Lowering {
  const { lowering } = profileOf(readDevice(device).kind)

  return network === 'large' ? lowering : { ...lowering, half: false }
}

export const crossingOf = ({ device }: DeviceOptions): Profile['crossing'] =>
  profileOf(readDevice(device).kind).crossing

export type Symbols = Readonly<Record<string, number>>

/** A result left where the device has it, to be fed to other sessions of that device, and freed after that. */
export class Held {
  constructor(readonly tensor: Tensor) {}

  free(): void {
    if (this.tensor.location === 'cpu') letGo(this.tensor.data as ArrayBufferView)
    this.tensor.dispose()
  }
}

/** Gives an array's memory back at once: left to the garbage collector, those of several runs would pile up. */
function letGo({ buffer }: ArrayBufferView): void {
  structuredClone(null, { transfer: [buffer as ArrayBuffer] })
}

export type Feed = Float32Array | BigInt64Array | Held

/** A loaded model. Runs are synchronous inside ONNX Runtime and block the event loop while they last. */
export interface Session {
  /** One tensor per input of the model, in order, and the values of its symbolic dimensions. */
  run(feeds: readonly Feed[], symbols?: Symbols): Promise<Float32Array[]>
  /** The same of a session opened with `held`: its other outputs, and those held. */
  hold(feeds: readonly Feed[], symbols?: Symbols): Promise<{ numbers: Float32Array[]; held: Held[] }>
  release(): Promise<void>
}

/**
 * Loads a model; weights are read in place from the model's folder. Idle threads do not spin: each session has its own,
 * and on a shared machine those waiting for the last session would slow down the next one several times over.
 */
export async function openSession(
  model: Model,
  { threads, device, rehearse }: DeviceOptions,
  { held = [] }: { held?: readonly Value[] } = {},
): Promise<Session> {
  rehearse?.(model)
  const named = readDevice(rehearse ? 'cpu' : device)
  selectGpu(named)
  const { crossing, fallback } = profileOf(named.kind)
  const stays = crossing === 'resident' ? held.map((output) => [output.name, 'gpu-buffer'] as const) : []
  const folder = model.folder === null ? {} : { model_external_initializers_file_folder_path: model.folder }
  const session = await InferenceSession.create(model.bytes, {
    executionProviders: [provider(named)],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    // the activations of a large network are blocks so large that a shared heap stays whole
    enableCpuMemArena: !(hasOneHeap && model.weights > largeNetwork),
    logSeverityLevel: 3,
    extra: {
      session: {
        ...folder,
        use_deterministic_compute: '1',
        'intra_op.allow_spinning': '0',
        // Deciding on a branch is the processor's where a device has no If; what is in the branch is not.
        disable_cpu_ep_fallback: fallback === 'refused' && !model.branches ? '1' : '0',
      },
    },
    ...(stays.length > 0 ? { preferredOutputLocation: Object.fromEntries(stays) } : {}),
  }).catch(failure('load'))
  let open = true
  const wanted = model.outputs.filter((output) => !held.includes(output))

  const results = (feeds: readonly Feed[], symbols: Symbols) =>
    session
      .run(
        Object.fromEntries(
          model.inputs.map((input, k) => [input.name, tensorOf(feeds[k]!, input.shape, symbols)]),
        ),
      )
      .catch(failure('run'))
  const numbersOf = (found: InferenceSession.ReturnType) =>
    wanted.map((output) => found[output.name]!.data as Float32Array)

  return {
    async run(feeds, symbols = {}) {
      return numbersOf(await results(feeds, symbols))
    },
    async hold(feeds, symbols = {}) {
      const found = await results(feeds, symbols)

      return { numbers: numbersOf(found), held: held.map((output) => new Held(found[output.name]!)) }
    },
    async release() {
      if (!open) return
      open = false
      await session.release()
    },
  }
}

function provider({ kind, index }: NamedDevice): InferenceSession.ExecutionProviderConfig {
  if (kind === 'cuda') return { name: 'cuda', deviceId: index ?? 0 }
  // Its kernel for NHWC convolutions is wrong for 6, 9, 15 … input channels, and our networks would transpose at each.
  if (kind === 'webgpu') return { name: 'webgpu', preferredLayout: 'NCHW' }

  return 'cpu'
}

function failure(what: 'load' | 'run'): (error: Error) => never {
  return ({ message }) => {
    const code = /alloc|memory/i.test(message) ? 'out_of_memory' : 'render_failed'
    throw new TeststripError(code, `ONNX Runtime could not ${what} a network: ${message}`)
  }
}

function tensorOf(feed: Feed, shape: Shape, symbols: Symbols): Tensor {
  if (feed instanceof Held) return feed.tensor
  const dims = shape.map((dim) => sized(dim, symbols))
  if (dims.reduce((all, dim) => all * dim, 1) !== feed.length)
    throw new TeststripError('internal', `${feed.length} numbers do not fill [${dims.join(', ')}]`)

  return feed instanceof Float32Array ? new Tensor('float32', feed, dims) : new Tensor('int64', feed, dims)
}
