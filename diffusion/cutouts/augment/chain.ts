import { between } from '../../random/draws.ts'
import type { NoiseSource, Place } from '../../random/noise-source.ts'
import { affineSource } from './affine.ts'
import { type Adjoint, type Batch, unchanged } from './batch.ts'
import { flip } from './flip.ts'
import { grayscale } from './grayscale.ts'
import { type JitterRanges, jitter } from './jitter.ts'
import { drawCorners, perspectiveSource } from './perspective.ts'
import { roundHalfEven, type Sampling, warp } from './warp.ts'

type Link =
  | { kind: 'flip'; chance: number }
  | { kind: 'noise'; deviation: number }
  | { kind: 'affine'; degrees: number; shift: number; sampling: Sampling }
  | { kind: 'perspective'; distortion: number; chance: number }
  | { kind: 'gray'; chance: number }
  | ({ kind: 'jitter' } & JitterRanges)

export type Chain = readonly Link[]

const noise: Link = { kind: 'noise', deviation: 0.01 }

const animated: Chain = [
  { kind: 'flip', chance: 0.4 },
  noise,
  { kind: 'affine', degrees: 10, shift: 0.05, sampling: 'bilinear' },
  noise,
  { kind: 'gray', chance: 0.1 },
  noise,
  { kind: 'jitter', brightness: 0.1, contrast: 0.1, saturation: 0.1, hue: 0.3 },
]

/** DD's augmentations by animation_mode. One draw per link serves the whole batch of cuts; only noise differs. */
export const chains: Record<'None' | '2D' | '3D' | 'Video Input', Chain> = {
  None: [
    { kind: 'flip', chance: 0.5 },
    noise,
    { kind: 'affine', degrees: 10, shift: 0.05, sampling: 'bilinear' },
    noise,
    { kind: 'gray', chance: 0.1 },
    noise,
    { kind: 'jitter', brightness: 0.1, contrast: 0.1, saturation: 0.1, hue: 0.1 },
  ],
  '2D': animated,
  '3D': animated,
  'Video Input': [
    { kind: 'flip', chance: 0.5 },
    noise,
    { kind: 'affine', degrees: 15, shift: 0.1, sampling: 'nearest' },
    noise,
    { kind: 'perspective', distortion: 0.4, chance: 0.7 },
    noise,
    { kind: 'gray', chance: 0.15 },
    noise,
  ],
}

/** Augments a batch in place. `rows` names the cuts' own noise streams, `place` the step, CLIP and cut batch. */
export function augment(
  batch: Batch,
  chain: Chain,
  source: NoiseSource,
  place: Omit<Place, 'purpose'>,
  rows: readonly number[],
): Adjoint {
  const adjoints = chain.map((link, part) => applyLink(batch, link, source, { ...place, part }, rows))

  return (gradient) => {
    for (const adjoint of adjoints.toReversed()) adjoint(gradient)
  }
}

function applyLink(
  batch: Batch,
  link: Link,
  source: NoiseSource,
  place: Omit<Place, 'purpose'>,
  rows: readonly number[],
): Adjoint {
  const { width, height } = batch

  switch (link.kind) {
    case 'flip':
      return source.draws({ ...place, purpose: 'flip' }).uniform() < link.chance ? flip(batch) : unchanged

    case 'gray':
      return source.draws({ ...place, purpose: 'gray' }).uniform() < link.chance
        ? grayscale(batch)
        : unchanged

    case 'noise':
      source.grain({ ...place, purpose: 'augmentationNoise' }, rows, batch.data, link.deviation)

      return unchanged

    case 'affine': {
      const draws = source.draws({ ...place, purpose: 'affine' })
      const angle = between(draws, -link.degrees, link.degrees)
      const x = roundHalfEven(between(draws, -link.shift * width, link.shift * width))
      const y = roundHalfEven(between(draws, -link.shift * height, link.shift * height))

      return warp(batch, affineSource(batch, { angle, shift: [x, y] }), link.sampling)
    }

    case 'perspective': {
      const draws = source.draws({ ...place, purpose: 'perspective' })

      if (draws.uniform() >= link.chance) return unchanged

      return warp(batch, perspectiveSource(batch, drawCorners(draws, batch, link.distortion)), 'bilinear')
    }

    case 'jitter':
      return jitter(batch, source.draws({ ...place, purpose: 'jitter' }), link)
  }
}
