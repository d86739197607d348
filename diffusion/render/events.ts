import type { Speed } from '#study'
import type { PictureSource } from '../image/index.ts'
import type { TraceSink } from './trace.ts'

export interface RenderOptions {
  /** reads the pictures that the recipe names; throws, or gives bytes */
  picture?: PictureSource
  /** looked at between network runs; an aborted render throws `cancelled` */
  signal?: AbortSignal
  /** a checkpoint of the same picture */
  resumeFrom?: Uint8Array
  trace?: TraceSink
  /** steps between previews; 0 = none. Default: the recipe's display_rate */
  previewEvery?: number
  /** steps between checkpoints; 1 = after every step (default) */
  checkpointEvery?: number
  /** rung of the memory ladder (`rungs` of #study) to begin at, as an earlier result told it; 0 by default */
  rung?: number
  /** make the pictures of intermediate_saves (default: no) */
  intermediates?: boolean
}

/** After every executed step. */
export interface RenderEvent {
  /** steps executed so far in all sampler runs, 1 .. of */
  step: number
  of: number
  /** sampler run this step belongs to, 0 .. runs - 1 */
  run: number
  runs: number
  /** the growing picture, small, as WebP */
  preview?: Uint8Array
  /** a picture that intermediate_saves asks for; `j` counts the executed steps of its run from 0 */
  intermediate?: RenderedImage & { j: number }
  /** the picture that this step finished */
  image?: RenderedImage
  /** bytes to resume from after this step; cheap until called, callable at any later time */
  checkpoint?: () => Uint8Array
}

export interface RenderedImage {
  png: Uint8Array
  width: number
  height: number
}

export interface RenderMetrics {
  /** mean cosine of the finished picture and the positive prompts, by weight; null without positive prompts */
  clipSimilarity: number | null
  /** cosine of the picture and every text prompt, in their order, whatever its weight */
  promptSimilarities: number[]
}

export interface RenderResult {
  /** one per picture of n_batches, or per frame */
  images: RenderedImage[]
  /** means over the images */
  metrics: RenderMetrics
  /**
   * Wall time, what a step without its cuts and what a cut usually took, and what was forecast from the renders before
   * (null for the first one, and where only a rest was rendered).
   */
  seconds: { total: number; perStep: number; perCut: number; forecast: number | null }
  speed: Speed
  /** the rung of the memory ladder on which it was finished: what fits this device at this size */
  rung: number
}
