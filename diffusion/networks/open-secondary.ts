import { Graph } from '../graph/index.ts'
import { readTensor, type TensorFile } from '../weights/index.ts'
import type { Secondary } from './index.ts'
import { PerSize } from './per-size.ts'
import { alphaSigma, fourierFeatures, secondary, secondaryMultiple } from './secondary.ts'
import type { DeviceOptions } from './session.ts'
import { type TwoPhase, twoPhase } from './two-phase.ts'

/** The secondary model as a predictor of the picture: pred = αx − σv. */
export async function openSecondary(
  file: TensorFile,
  device: DeviceOptions,
): Promise<Secondary & { release(): Promise<void> }> {
  const frequencies = await readTensor(file, 'timestep_embed.weight')
  const networks = new PerSize<TwoPhase>(secondaryMultiple, (size) => {
    const graph = new Graph()
    const { x, features, v } = secondary(graph, file, size)

    return twoPhase({ graph, x, features, out: v, device })
  })
  const toPred = (v: Float32Array, straight: Float32Array, t: number): Float32Array => {
    const [alpha, sigma] = alphaSigma(t)

    return v.map((value, k) => alpha * straight[k]! - sigma * value)
  }

  return {
    async predict(x, size, t) {
      const network = await networks.get(size)

      return toPred(await network.forwardKeeping(x, fourierFeatures(t, frequencies)), x, t)
    },
    async vjp(x, size, t, g) {
      const network = await networks.get(size)
      const { gradient } = await network.backward(x, fourierFeatures(t, frequencies), g)

      return toPred(gradient, g, t)
    },
    release: () => networks.release(),
  }
}
