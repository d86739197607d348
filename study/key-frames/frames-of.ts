import { TeststripError } from '../errors.ts'
import type { Recipe } from '../parameters/catalogue.ts'
import { show } from '../parameters/check-value.ts'
import { interpolateKeyFrames } from './interpolate-key-frames.ts'
import { parseKeyFrames } from './parse-key-frames.ts'

/** What one frame of an animation has of its own, beside its prompts. */
export interface Frame {
  seed: number
  skip_steps: number
  /** how firmly the frame holds on to the picture it starts from */
  init_scale: number
  /** by how much the picture before is moved to become the start of this one; null for the first frame */
  move: FrameMove | null
}

/** Angle in degrees, counter-clockwise; translation in pixels, right and down. */
export interface FrameMove {
  angle: number
  zoom: number
  translation: [x: number, y: number]
}

const seeds = 2 ** 32

/** Frames that a recipe diffuses: 1 for a still. */
export function frameCount({ animation_mode, max_frames }: Recipe): number {
  return animation_mode === 'None' ? 1 : max_frames
}

/** Noisiest steps left out of every frame but the first (DD `calc_frames_skip_steps`). */
export function laterSkipSteps({ steps, frames_skip_steps }: Recipe): number {
  return Math.floor(steps * (Number.parseInt(frames_skip_steps, 10) / 100))
}

/** The frames of a 2D animation. The first is made like a still; seeds rise by one from frame to frame. */
export function framesOf(recipe: Recipe): Frame[] {
  const { skip_steps, init_scale, frames_scale } = recipe
  const angle = series(recipe, 'angle')
  const zoom = series(recipe, 'zoom')
  const x = series(recipe, 'translation_x')
  const y = series(recipe, 'translation_y')
  const laterSkip = laterSkipSteps(recipe)

  return Array.from({ length: frameCount(recipe) }, (_, frame) => ({
    seed: (recipe.seed + frame) % seeds,
    skip_steps: frame === 0 ? skip_steps : laterSkip,
    init_scale: frame === 0 ? init_scale : frames_scale,
    move:
      frame === 0 ? null : { angle: angle[frame]!, zoom: zoom[frame]!, translation: [x[frame]!, y[frame]!] },
  }))
}

function series(recipe: Recipe, name: 'angle' | 'zoom' | 'translation_x' | 'translation_y'): Float64Array {
  const parsed = parseKeyFrames(recipe[name])
  if (!parsed.ok)
    throw new TeststripError('invalid_input', `${name} ${show(recipe[name])}: ${parsed.problem.message}`, {
      parameter: name,
    })

  return interpolateKeyFrames(parsed.keys, { frames: frameCount(recipe), spline: recipe.interp_spline })
}
