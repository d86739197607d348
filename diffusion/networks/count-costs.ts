import type { ClipCost, Growth, LpipsCost, NetworkCost, PackCosts } from '#study'
import { type Footprint, footprint } from '../graph/footprint.ts'
import { Graph, residuals, type Value, vjp } from '../graph/index.ts'
import type { ClipPart, Pack } from '../pack/pack.ts'
import type { TensorFile } from '../weights/index.ts'
import { normalised, sphericalDistance } from './clip-loss.ts'
import { clipText } from './clip-text.ts'
import { clipVision } from './clip-vision.ts'
import { lpips, lpipsMultiple } from './lpips.ts'
import { smallActivations } from './open-denoiser.ts'
import { secondary, secondaryMultiple } from './secondary.ts'
import { unet, unetMultiple } from './unet.ts'

type Parts = Pick<Pack, 'manifest' | 'denoiser' | 'secondary' | 'clip' | 'lpips'>

/** Counts what the networks of a pack take, on the graphs that will run. */
export function countCosts({
  manifest,
  denoiser,
  secondary: second,
  clip,
  lpips: comparing,
}: Parts): PackCosts {
  const { config } = manifest.denoiser
  const side = manifest.native_size?.[0] ?? config.image_size

  return {
    denoiser: {
      ...networkCost(multipleNear(side, unetMultiple(config)), (graph, size) =>
        unet(graph, denoiser.weights, config, size),
      ),
      recomputing: growth(multipleNear(side, unetMultiple(config)), (length) => {
        const graph = new Graph()
        const { model } = forwardAndBack(
          graph,
          unet(graph, denoiser.weights, config, [length, length], { recompute: true }),
        )

        return footprint(model, { pictures: 1 }).alive
      }),
      keepsUpTo: smallActivations / config.num_channels,
    },
    secondary:
      second &&
      networkCost(multipleNear(side, secondaryMultiple), (graph, size) => {
        const { x, features, v } = secondary(graph, second.weights, size)

        return { x, features, out: v }
      }),
    clip: Object.fromEntries(clip.map((part) => [part.entry.name, clipCost(part)])),
    lpips: comparing && lpipsCost(multipleNear(side, lpipsMultiple), comparing.weights),
  }
}

interface Network {
  x: Value
  features: Value
  out: Value
}

type Build = (graph: Graph, size: readonly [number, number]) => Network

/** a·A + b·A² is known by two points: counted at a side and at twice that side. */
function growth(side: number, countAt: (side: number) => number): Growth {
  const [A, B] = [side ** 2, (2 * side) ** 2]
  const [near, far] = [countAt(side) / A, countAt(2 * side) / B]
  const square = Math.max(far - near, 0) / (B - A)

  return [near - square * A, square]
}

function networkCost(side: number, build: Build): NetworkCost {
  const counted = new Map([side, 2 * side].map((length) => [length, countAt(length, build)]))
  const of = (pick: (counted: Counted) => number) => growth(side, (length) => pick(counted.get(length)!))

  return {
    weights: counted.get(side)!.plain.weights,
    forward: of(({ plain }) => plain.alive),
    keeping: of(({ keeping }) => keeping.alive),
    backward: of(({ reverse }) => reverse.alive),
    kept: of(({ keeping }) => keeping.outputs),
    work: of(({ plain }) => plain.work),
    workBack: of(({ reverse }) => reverse.work),
  }
}

type Counted = Record<'plain' | 'keeping' | 'reverse', Footprint>

function countAt(side: number, build: Build): Counted {
  const graph = new Graph()
  const built = build(graph, [side, side])
  const { x, features, out } = built
  const { g, gradient } = forwardAndBack(graph, built)
  const needed = residuals({ outputs: [out], gradients: [gradient] })
  const stored = needed.filter((value) => value !== x && value !== features)
  const one = { pictures: 1 }

  return {
    plain: footprint({ inputs: [x, features], outputs: [out] }, one),
    keeping: footprint({ inputs: [x, features], outputs: [out, ...stored] }, one),
    reverse: footprint({ inputs: [...needed, g], outputs: [gradient] }, one),
  }
}

function forwardAndBack(graph: Graph, { x, features, out }: Network) {
  const g = graph.input('g', out.shape)
  const [gradient] = vjp({ outputs: [out], cotangents: [g], wrt: [x] }) as [Value]

  return { g, gradient, model: { inputs: [x, features, g], outputs: [out, gradient] } }
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

function lpipsCost(side: number, weights: TensorFile): LpipsCost {
  const countOf = (length: number) => {
    const graph = new Graph()
    const { x, reference, distance } = lpips(graph, weights, [length, length])
    const one = graph.constant(Float32Array.of(1), [1, 1, 1, 1])
    const [gradient] = vjp({ outputs: [distance], cotangents: [one], wrt: [x] }) as [Value]

    return footprint({ inputs: [x, ...reference], outputs: [distance, gradient] })
  }
  const counted = new Map([side, 2 * side].map((length) => [length, countOf(length)]))

  return {
    weights: counted.get(side)!.weights,
    alive: growth(side, (length) => counted.get(length)!.alive),
    work: growth(side, (length) => counted.get(length)!.work),
  }
}

const multipleNear = (side: number, multiple: number) => Math.max(1, Math.round(side / multiple)) * multiple
