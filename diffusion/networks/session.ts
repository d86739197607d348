import { InferenceSession, Tensor } from 'onnxruntime-node'
import { TeststripError } from '#study'
import type { Model, Shape } from '../graph/index.ts'

export interface DeviceOptions {
  /**
   * Threads inside one operation. Small networks are fastest with one: two renderers of one thread beat one of two.
   * Results were the same to the bit with one and two threads, but ONNX Runtime does not promise it, so an engine
   * keeps its number.
   */
  threads: number
  device: 'cpu'
}

export type Symbols = Readonly<Record<string, number>>
export type Feed = Float32Array | BigInt64Array

/** A loaded model. Runs are synchronous inside ONNX Runtime and block the event loop while they last. */
export interface Session {
  /** One tensor per input of the model, in order, and the values of its symbolic dimensions. */
  run(feeds: readonly Feed[], symbols?: Symbols): Promise<Float32Array[]>
  release(): Promise<void>
}

/**
 * Loads a model; weights are read in place from the model's folder. Idle threads do not spin: each session has its own,
 * and on a shared machine those waiting for the last session would slow down the next one several times over.
 */
export async function openSession(model: Model, { threads }: DeviceOptions): Promise<Session> {
  const folder = model.folder === null ? {} : { model_external_initializers_file_folder_path: model.folder }
  const session = await InferenceSession.create(model.bytes, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableMemPattern: false,
    logSeverityLevel: 3,
    extra: { session: { ...folder, use_deterministic_compute: '1', 'intra_op.allow_spinning': '0' } },
  }).catch(failure('load'))
  let open = true

  return {
    async run(feeds, symbols = {}) {
      const named = Object.fromEntries(
        model.inputs.map((input, k) => [input.name, tensorOf(feeds[k]!, input.shape, symbols)] as const),
      )
      const results = await session.run(named).catch(failure('run'))

      return model.outputs.map((output) => results[output.name]!.data as Float32Array)
    },
    async release() {
      if (!open) return
      open = false
      await session.release()
    },
  }
}

function failure(what: 'load' | 'run'): (error: Error) => never {
  return ({ message }) => {
    const code = /alloc|memory/i.test(message) ? 'out_of_memory' : 'render_failed'
    throw new TeststripError(code, `ONNX Runtime could not ${what} a network: ${message}`)
  }
}

function tensorOf(feed: Feed, shape: Shape, symbols: Symbols): Tensor {
  const dims = shape.map((dim) => (typeof dim === 'number' ? dim : symbols[dim]!))
  if (dims.reduce((all, dim) => all * dim, 1) !== feed.length)
    throw new TeststripError('internal', `${feed.length} numbers do not fill [${dims.join(', ')}]`)

  return feed instanceof Float32Array ? new Tensor('float32', feed, dims) : new Tensor('int64', feed, dims)
}
