import type { Speed } from '#study'
import type { TraceSink } from './trace.ts'

export interface RenderOptions {
  /** looked at between network runs; an aborted render throws `cancelled` */
  signal?: AbortSignal
  /** a checkpoint of the same picture */
  resumeFrom?: Uint8Array
  trace?: TraceSink
  /** steps between previews; 0 = none (default) */
  previewEvery?: number
  /** steps between checkpoints; 1 = after every step (default) */
  checkpointEvery?: number
}

/** After every executed step. */
export interface RenderEvent {
  /** steps executed so far, 1 .. of */
  step: number
  of: number
  /** the growing picture, small, as WebP */
  preview?: Uint8Array
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
  luminance: number
  contrast: number
  saturation: number
}

export interface RenderResult {
  images: RenderedImage[]
  metrics: RenderMetrics
  /** total wall time, and means per step (without its cuts) and per cut */
  seconds: { total: number; perStep: number; perCut: number }
  speed: Speed
}
