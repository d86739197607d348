import type { ClipCost, Growth, NetworkCost, PackCosts } from '#study'
import { type Footprint, footprint } from '../graph/footprint.ts'
import { Graph, residuals, type Value, vjp } from '../graph/index.ts'
import type { ClipPart, Pack } from '../pack/pack.ts'
import { normalised, sphericalDistance } from './clip-loss.ts'
import { clipText } from './clip-text.ts'
import { clipVision } from './clip-vision.ts'
import { secondary, secondaryMultiple } from './secondary.ts'
import { unet, unetMultiple } from './unet.ts'

type Parts = Pick<Pack, 'manifest' | 'denoiser' | 'secondary' | 'clip'>

/** Counts what the networks of a pack take, on the graphs that will run. */
export function countCosts({ manifest, denoiser, secondary: second, clip }: Parts): PackCosts {
  const { config } = manifest.denoiser
  const side = manifest.native_size?.[0] ?? config.image_size

  return {
    denoiser: networkCost(multipleNear(side, unetMultiple(config)), (graph, size) =>
      unet(graph, denoiser.weights, config, size),
    ),
    secondary:
      second &&
      networkCost(multipleNear(side, secondaryMultiple), (graph, size) => {
        const { x, features, v } = secondary(graph, second.weights, size)

        return { x, features, out: v }
      }),
    clip: Object.fromEntries(clip.map((part) => [part.entry.name, clipCost(part)])),
  }
}

type Build = (graph: Graph, size: readonly [number, number]) => { x: Value; features: Value; out: Value }

/** A line and a parabola through zero are known by two points: counted at a side and at twice that side. */
function networkCost(side: number, build: Build): NetworkCost {
  const [near, far] = [side, 2 * side].map((length) => countAt(length, build)) as [Counted, Counted]
  const growth = (pick: (counted: Counted) => number): Growth => {
    const [A, B] = [side ** 2, (2 * side) ** 2]
    const square = Math.max(pick(far) / B - pick(near) / A, 0) / (B - A)

    return [pick(near) / A - square * A, square]
  }

  return {
    weights: near.plain.weights,
    forward: growth(({ plain }) => plain.alive),
    keeping: growth(({ keeping }) => keeping.alive),
    backward: growth(({ reverse }) => reverse.alive),
    kept: growth(({ keeping }) => keeping.outputs),
    work: growth(({ plain }) => plain.work),
    workBack: growth(({ reverse }) => reverse.work),
  }
}

type Counted = Record<'plain' | 'keeping' | 'reverse', Footprint>

function countAt(side: number, build: Build): Counted {
  const graph = new Graph()
  const { x, features, out } = build(graph, [side, side])
  const g = graph.input('g', out.shape)
  const [gradient] = vjp({ outputs: [out], cotangents: [g], wrt: [x] }) as [Value]
  const needed = residuals({ outputs: [out], gradients: [gradient] })
  const stored = needed.filter((value) => value !== x && value !== features)
  const one = { pictures: 1 }

  return {
    plain: footprint({ inputs: [x, features], outputs: [out] }, one),
    keeping: footprint({ inputs: [x, features], outputs: [out, ...stored] }, one),
    reverse: footprint({ inputs: [...needed, g], outputs: [gradient] }, one),
  }
}

function clipCost({ weights, entry, resolution, embed }: ClipPart): ClipCost {
  const graph = new Graph()
  const cuts = graph.input('cuts', ['cuts', 3, resolution, resolution])
  const targets = graph.input('targets', [1, embed])
  const distances = sphericalDistance(clipVision(normalised(cuts), weights, entry.activation), targets)
  const g = graph.input('g', distances.shape)
  const [gradient] = vjp({ outputs: [distances], cotangents: [g], wrt: [cuts] }) as [Value]
  const model = { inputs: [cuts, targets, g], outputs: [distances, gradient] }
  const [one, two] = [1, 2].map((count) => footprint(model, { cuts: count })) as [Footprint, Footprint]
  const { ids, end, embedding } = clipText(new Graph(), weights, entry.activation)

  return {
    weights: one.weights,
    textWeights: footprint({ inputs: [ids, end], outputs: [embedding] }).weights,
    alive: two.alive - one.alive,
    work: two.work - one.work,
  }
}

const multipleNear = (side: number, multiple: number) => Math.max(1, Math.round(side / multiple)) * multiple
