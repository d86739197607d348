/**
 * The networks of a pack, ready to run. All pictures are NCHW float32; of one picture the batch axis is left out.
 * Denoiser and secondary take N pictures of one size at once, each at its own time; one picture's bits are those it
 * has alone.
 */

/** [width, height] in pixels, multiples of what the networks halve. */
export type Size = readonly [width: number, height: number]

/** The guided-diffusion UNet, seen as a predictor of the noise. */
export interface Denoiser {
  /**
   * The noise eps [N, 3, H, W] of x [N, 3, H, W] at model times taus [N] (0 ≤ tau < 1000, may be fractional).
   * abars [N] are the cumulative alphas of those steps (needed by networks that predict v).
   * With `keep`, the activations stay, so that a `vjp` of the same arguments costs only its backward half; with
   * `recompute` only few of them, where all would be large, and the `vjp` takes longer.
   */
  epsilon(
    x: Float32Array,
    size: Size,
    taus: readonly number[],
    abars: readonly number[],
    options?: { keep?: boolean; recompute?: boolean },
  ): Promise<Float32Array>
  /** Jᵀg of eps by x, [N, 3, H, W], and eps itself; `recompute` as in the `epsilon` before. */
  vjp(
    x: Float32Array,
    size: Size,
    taus: readonly number[],
    abars: readonly number[],
    g: Float32Array,
    options?: { recompute?: boolean },
  ): Promise<{ epsilon: Float32Array; gradient: Float32Array }>
}

/** The secondary model (SecondaryDiffusionImageNet2): a quick estimate of the finished picture. */
export interface Secondary {
  /** pred of x, both [N, 3, H, W]; t = atan2(sigma, alpha)·2/π in 0..1, one per picture. Activations stay for `vjp`. */
  predict(x: Float32Array, size: Size, ts: readonly number[]): Promise<Float32Array>
  /** Jᵀg of pred by x, [N, 3, H, W]; only the backward half is run when the last `predict` had the same arguments. */
  vjp(x: Float32Array, size: Size, ts: readonly number[], g: Float32Array): Promise<Float32Array>
}

export interface ClipLoss {
  /** mean over cuts k of Σ_p weights[p]·d[k, p], d = 2·asin(|ê_k − t̂_p| / 2)². */
  loss: number
  /** d loss / d cuts, [K, 3, r, r]. */
  gradient: Float32Array
  /** d[k, p], [K, P]. */
  distances: Float32Array
  /** mean over cuts of Σ_p weights[p]·cos(e_k, t_p). */
  similarity: number
}

/** One CLIP: text and pictures into the same space. */
export interface Clip {
  readonly name: string
  /** Side of the square cuts it sees, pixels. */
  readonly resolution: number
  /** Length of its embeddings. */
  readonly embed: number
  /** Tokens of a text, start and end included. */
  readonly contextLength: number
  /** Text embedding [D], not normalised. ids without start and end of text. */
  encodeText(ids: readonly number[]): Promise<Float32Array>
  /** Embeddings [K, D], not normalised, of mean/std-normalised cuts [K, 3, r, r]. */
  encodeImage(cuts: Float32Array): Promise<Float32Array>
  /**
   * cuts [K, 3, r, r] in 0..1 (normalised inside), targets [P, D], weights [P]. Where these are only some of a set of
   * `of` cuts, the means are over the set: losses and similarities of its parts add up, gradients line up.
   */
  lossAndGradient(
    cuts: Float32Array,
    K: number,
    targets: Float32Array,
    weights: Float32Array,
    of?: number,
  ): Promise<ClipLoss>
}

/** LPIPS-VGG16 distance between pictures in −1..1. */
export interface Lpips {
  /** Distance of x to reference (both [3, H, W]) and its gradient by x. */
  distance(
    x: Float32Array,
    reference: Float32Array,
    size: Size,
  ): Promise<{ value: number; gradient: Float32Array }>
}

export interface Networks {
  readonly denoiser: Denoiser
  readonly secondary: Secondary | null
  /** In the order of pack.json. */
  readonly clip: readonly Clip[]
  readonly lpips: Lpips | null
  /** Frees all sessions; those called afterwards are opened again. */
  release(): Promise<void>
}

export { type Distance, openDistance } from './open-distance.ts'
export { openNetworks } from './open-networks.ts'
export type { DeviceOptions } from './session.ts'
