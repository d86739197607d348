import type { NoiseSource } from '../random/index.ts'

/** One sampler run of a render: what makes it differ from the others. */
export interface PlannedRun {
  /** animation frame whose prompts are in force; 0 for stills */
  frame: number
  /** starts the noise anew with this seed and draws the prompts again; null goes on where the run before ended */
  seed: number | null
  skip_steps: number
  /** weight of the LPIPS distance to the start picture */
  init_scale: number
  /** The start picture [3, H, W] in -1 .. 1, or null for none. Called before the run's initial noise is drawn. */
  init(now: RunContext): Promise<Float32Array | null>
}

export interface RunContext {
  noise: NoiseSource
  /** the picture of the run before, interleaved 8-bit RGB as it was saved; null for the first run */
  before: Uint8Array | null
}
