import { augment, type Chain, type CutSettings, planCuts, takeCuts } from '../cutouts/index.ts'
import type { Clip, Size } from '../networks/index.ts'
import type { NoiseSource } from '../random/index.ts'

/** A CLIP that guides, with what it should see. */
export interface GuidingClip {
  clip: Clip
  /** [P, D], not normalised */
  targets: Float32Array
  /** [P] */
  weights: Float32Array
}

export interface CutBatch {
  guiding: GuidingClip
  /** the picture [3, H, W] in 0..1 nominally, not clamped */
  image: Float32Array
  size: Size
  settings: CutSettings
  /** augmentations, or null for none */
  chain: Chain | null
  noise: NoiseSource
  tau: number
  batch: number
  /** factor on the gradient */
  scale: number
}

/** One CLIP looks at one fresh set of cuts: adds scale · d loss / d image to `into` and returns the loss. */
export async function addClipGradient(job: CutBatch, into: Float32Array): Promise<number> {
  const { guiding, noise } = job
  const { clip, targets, weights } = guiding
  const side = clip.resolution
  const place = { tau: job.tau, model: clip.name, batch: job.batch }

  const plan = planCuts(job.settings, job.size, side, (row) =>
    noise.draws({ ...place, purpose: 'crop', row }),
  )
  const cuts = takeCuts(job.image, job.size, plan, side)
  const rows = plan.map((cut) => cut.row)
  const batch = { data: cuts.data, count: plan.length, width: side, height: side }
  const undoAugment = job.chain && augment(batch, job.chain, noise, place, rows)

  const { loss, gradient } = await clip.lossAndGradient(cuts.data, plan.length, targets, weights)
  for (let i = 0; i < gradient.length; i++) gradient[i]! *= job.scale
  undoAugment?.(gradient)
  cuts.adjoint(gradient, into)

  return loss
}
