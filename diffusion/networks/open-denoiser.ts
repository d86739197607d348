import { Graph } from '../graph/index.ts'
import type { UnetConfig } from '../pack/schema.ts'
import type { TensorFile } from '../weights/index.ts'
import type { Denoiser } from './index.ts'
import { PerSize } from './per-size.ts'
import type { DeviceOptions } from './session.ts'
import { type TwoPhase, twoPhase } from './two-phase.ts'
import { timestepFeatures, unet, unetMultiple } from './unet.ts'

/** The UNet as a predictor of eps, whether its output is eps or v (x0 = αx − σv, eps = σx + αv, α² = abar). */
export function openDenoiser(
  file: TensorFile,
  config: UnetConfig,
  device: DeviceOptions,
): Denoiser & { release(): Promise<void> } {
  const networks = new PerSize<TwoPhase>(unetMultiple(config), (size) => {
    const graph = new Graph()

    return twoPhase({ graph, ...unet(graph, file, config, size), device })
  })
  const features = (tau: number) => timestepFeatures(tau, config.num_channels)
  /** out of the network, or its gradient, to that of eps: `straight` is x, or g. */
  const toEpsilon = (out: Float32Array, straight: Float32Array, abar: number): Float32Array => {
    if (config.predicts === 'eps') return out
    const [alpha, sigma] = [Math.sqrt(abar), Math.sqrt(1 - abar)]

    return out.map((value, k) => sigma * straight[k]! + alpha * value)
  }

  return {
    async epsilon(x, size, tau, abar, { keep = false } = {}) {
      const network = await networks.get(size)
      const out = keep
        ? await network.forwardKeeping(x, features(tau))
        : await network.forward(x, features(tau))

      return toEpsilon(out, x, abar)
    },
    async vjp(x, size, tau, abar, g) {
      const network = await networks.get(size)
      const { out, gradient } = await network.backward(x, features(tau), g)

      return { epsilon: toEpsilon(out, x, abar), gradient: toEpsilon(gradient, g, abar) }
    },
    release: () => networks.release(),
  }
}
