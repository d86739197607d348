import { Graph } from '../graph/index.ts'
import { readTensor, type TensorFile } from '../weights/index.ts'
import type { Secondary } from './index.ts'
import { PerSize } from './per-size.ts'
import { joined, mixedEach } from './pictures.ts'
import { alphaSigma, fourierFeatures, secondary, secondaryMultiple } from './secondary.ts'
import { type DeviceOptions, lowered } from './session.ts'
import { type TwoPhase, twoPhase } from './two-phase.ts'

/** The secondary model as a predictor of the picture: pred = αx − σv. */
export async function openSecondary(
  file: TensorFile,
  device: DeviceOptions,
): Promise<Secondary & { release(): Promise<void> }> {
  const frequencies = await readTensor(file, 'timestep_embed.weight')
  const networks = new PerSize<TwoPhase>(secondaryMultiple, (size) => {
    const graph = new Graph(lowered(device, 'small'))
    const { x, features, v } = secondary(graph, file, size)

    return twoPhase({ graph, x, features, out: v, device })
  })
  const features = (ts: readonly number[]) => joined(ts.map((t) => fourierFeatures(t, frequencies)))
  const toPred = (v: Float32Array, straight: Float32Array, ts: readonly number[]): Float32Array =>
    mixedEach(
      straight,
      v,
      ts.map(alphaSigma).map(([alpha, sigma]) => [alpha, -sigma]),
    )

  return {
    async predict(x, size, ts) {
      const network = await networks.get(size)

      return toPred(await network.forwardKeeping(x, features(ts), ts.length), x, ts)
    },
    async vjp(x, size, ts, g) {
      const network = await networks.get(size)
      const { gradient } = await network.backward(x, features(ts), ts.length, g)

      return toPred(gradient, g, ts)
    },
    release: () => networks.release(),
  }
}
