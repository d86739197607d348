import type { Recipe } from '#study'
import { fromRgb8, lanczosResize, type Rgb8 } from '../image/index.ts'
import type { Clip, Size } from '../networks/index.ts'
import { normaliseCuts } from '../networks/normalise-cuts.ts'
import type { NoiseSource } from '../random/index.ts'
import { cutCount, makeCutouts } from './make-cutouts.ts'
import type { PlaneStack } from './plane-stack.ts'

/** The model time of draws that belong to no step. */
const beforeAllSteps = -1

export interface PicturePrompt {
  picture: Rgb8
  /** place among the image prompts, which names its draws */
  prompt: number
  clip: Clip
  noise: NoiseSource
  recipe: Pick<Recipe, 'behaviour' | 'skip_augs' | 'width_height'>
}

/** Embeddings [D] of the 16 cuts by which an image prompt is looked at. */
export async function embedPicture(job: PicturePrompt): Promise<Float32Array[]> {
  const { clip, noise, recipe } = job
  const side = clip.resolution
  const cuts = makeCutouts({
    picture: promptPicture(job.picture, recipe.width_height),
    side,
    skip_augs: recipe.skip_augs,
    noise,
    place: { tau: beforeAllSteps, model: clip.name, batch: job.prompt },
  })
  // DD forgets that its cuts are in -1 .. 1 and shows CLIP pictures of far too much contrast.
  const seen = recipe.behaviour === 'corrected' ? cuts.map((value) => (value + 1) / 2) : cuts
  const embeddings = await clip.encodeImage(normaliseCuts(seen, side))

  return Array.from({ length: cutCount }, (_, k) => embeddings.slice(k * clip.embed, (k + 1) * clip.embed))
}

/** The picture in -1 .. 1, made smaller (never larger than it is) so that its shorter side fits the render. */
function promptPicture({ rgb, size: [width, height] }: Rgb8, render: Size): PlaneStack {
  const short = Math.min(width, height)
  const target = Math.min(...render, short)
  const scaled = (side: number) => (side === short ? target : Math.trunc((target * side) / short))
  const size: Size = [scaled(width), scaled(height)]
  const data = fromRgb8(lanczosResize(rgb, [width, height], size)).map((value) => value * 2 - 1)

  return { data, width: size[0], height: size[1] }
}
