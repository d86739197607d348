import { Graph } from '../graph/index.ts'
import type { UnetConfig } from '../pack/schema.ts'
import type { TensorFile } from '../weights/index.ts'
import type { Denoiser, Size } from './index.ts'
import { PerSize } from './per-size.ts'
import { joined, mixedEach } from './pictures.ts'
import { type DeviceOptions, lowered } from './session.ts'
import { type TwoPhase, twoPhase } from './two-phase.ts'
import { timestepFeatures, unet, unetMultiple } from './unet.ts'

/**
 * Numbers in the activations of the first block, width · height · channels, up to which recomputing is not worth its
 * time: all that is kept, 120 bytes a number, is then at most half a gigabyte.
 */
export const smallActivations = 1 << 22

/** The UNet as a predictor of eps, whether its output is eps or v (x0 = αx − σv, eps = σx + αv, α² = abar). */
export function openDenoiser(
  file: TensorFile,
  config: UnetConfig,
  device: DeviceOptions,
): Denoiser & { release(): Promise<void> } {
  const perSize = (recomputes: boolean) =>
    new PerSize<TwoPhase>(unetMultiple(config), (size) => {
      const graph = new Graph(lowered(device, 'large'))

      return twoPhase({
        graph,
        ...unet(graph, file, config, size, { recompute: recomputes }),
        device,
        recomputes,
      })
    })
  const networks = { keeping: perSize(false), recomputing: perSize(true) }
  /** Small activations are always kept: computing them again would cost time and spare nothing worth it. */
  const get = ([width, height]: Size, recompute: boolean) => {
    const spares = recompute && width * height * config.num_channels > smallActivations

    return networks[spares ? 'recomputing' : 'keeping'].get([width, height])
  }
  const features = (taus: readonly number[]) =>
    joined(taus.map((tau) => timestepFeatures(tau, config.num_channels)))
  /** out of the network, or its gradient, to that of eps: `straight` is x, or g. */
  const toEpsilon = (out: Float32Array, straight: Float32Array, abars: readonly number[]): Float32Array =>
    config.predicts === 'eps'
      ? out
      : mixedEach(
          straight,
          out,
          abars.map((abar) => [Math.sqrt(1 - abar), Math.sqrt(abar)]),
        )

  return {
    async epsilon(x, size, taus, abars, { keep = false, recompute = false } = {}) {
      const network = await get(size, keep && recompute)
      const out = keep
        ? await network.forwardKeeping(x, features(taus), taus.length)
        : await network.forward(x, features(taus), taus.length)

      return toEpsilon(out, x, abars)
    },
    async vjp(x, size, taus, abars, g, { recompute = false } = {}) {
      const network = await get(size, recompute)
      const { out, gradient } = await network.backward(x, features(taus), taus.length, g)

      return { epsilon: toEpsilon(out, x, abars), gradient: toEpsilon(gradient, g, abars) }
    },
    async release() {
      await networks.keeping.release()
      await networks.recomputing.release()
    },
  }
}
