import {
  add,
  averagePool,
  concat,
  conv,
  type Dim,
  type Graph,
  groupNorm,
  linear,
  matmul,
  mul,
  product,
  recomputed,
  reshape,
  silu,
  slice,
  softmax,
  split,
  transpose,
  upsampleNearest,
  type Value,
} from '../graph/index.ts'
import type { UnetConfig } from '../pack/schema.ts'
import type { TensorFile } from '../weights/index.ts'
import type { Size } from './index.ts'
import { Stored } from './stored.ts'

/** channel_mult that guided-diffusion derives from image_size when none is given. */
const derivedMult: Record<number, readonly number[]> = {
  512: [0.5, 1, 1, 2, 2, 4, 4],
  256: [1, 1, 2, 2, 4, 4],
  128: [1, 1, 2, 3, 4],
  64: [1, 2, 3, 4],
}

export function channelMult(config: UnetConfig): readonly number[] {
  return config.channel_mult.length > 0 ? config.channel_mult : (derivedMult[config.image_size] ?? [])
}

/** Sides of a picture must be multiples of this: one halving per level but the first. */
export function unetMultiple(config: UnetConfig): number {
  return 2 ** (channelMult(config).length - 1)
}

/**
 * cos and sin of tau at geometric frequencies, [d]: guided-diffusion's timestep_embedding, rounded to float32 where
 * torch rounds.
 */
export function timestepFeatures(tau: number, d: number): Float32Array {
  const half = d / 2
  const step = Math.fround(-Math.log(10_000))
  const angles = Float32Array.from({ length: half }, (_, j) => {
    const frequency = Math.fround(Math.exp(Math.fround(Math.fround(step * j) / half)))

    return Math.fround(Math.fround(tau) * frequency)
  })

  return Float32Array.from([...angles.map(Math.cos), ...angles.map(Math.sin)])
}

export interface UnetGraph {
  /** [pictures, 3, h, w]. */
  x: Value
  /** `timestepFeatures` of each picture's model time, [pictures, num_channels]. */
  features: Value
  /** The first three output channels, [pictures, 3, h, w]. */
  out: Value
}

/**
 * guided-diffusion's UNetModel (Dhariwal & Nichol 2021) with its checkpoint's tensor names.
 *
 * @param recompute `use_checkpoint`: the blocks' inner activations are computed again for a gradient, not kept
 */
export function unet(
  graph: Graph,
  file: TensorFile,
  config: UnetConfig,
  [width, height]: Size,
  { recompute = false } = {},
): UnetGraph {
  const net = new UnetBuilder(new Stored(file, graph), config, recompute)
  const { pictures } = graph.lowering
  const x = graph.input('x', [pictures, 3, height, width])
  const features = graph.input('features', [pictures, config.num_channels])

  return { x, features, out: net.build(x, features) }
}

class UnetBuilder {
  private emb!: Value

  constructor(
    private readonly stored: Stored,
    private readonly config: UnetConfig,
    private readonly recompute: boolean,
  ) {}

  build(x: Value, features: Value): Value {
    const { config, stored } = this
    const mult = channelMult(config)
    if (mult.length === 0) stored.fail(`no channel_mult is known for image_size ${config.image_size}.`)
    const attended = config.attention_resolutions.map((side) => Math.floor(config.image_size / side))
    const widths = mult.map((factor) => Math.trunc(factor * config.num_channels))

    const time = 4 * config.num_channels
    this.emb = x.graph.exactly(() => {
      const first = silu(linear(features, ...stored.layer('time_embed.0', [time, config.num_channels])))

      return silu(linear(first, ...stored.layer('time_embed.2', [time, time])))
    })

    let h = this.conv(x, 'input_blocks.0.0', widths[0]!)
    const skips = [h]
    let block = 1
    let factor = 1
    mult.forEach((_, level) => {
      for (let k = 0; k < config.num_res_blocks; k += 1) {
        const name = `input_blocks.${block}`
        h = this.block([h], (v) => this.residual(v, `${name}.0`, widths[level]!))
        if (attended.includes(factor)) h = this.block([h], (v) => this.attention(v, `${name}.1`))
        skips.push(h)
        block += 1
      }
      if (level === mult.length - 1) return
      const name = `input_blocks.${block}.0`
      h = this.block([h], (v) => this.down(v, name))
      skips.push(h)
      block += 1
      factor *= 2
    })

    const middle = widths.at(-1)!
    h = this.block([h], (v) => this.residual(v, 'middle_block.0', middle))
    h = this.block([h], (v) => this.attention(v, 'middle_block.1'))
    h = this.block([h], (v) => this.residual(v, 'middle_block.2', middle))

    block = 0
    for (let level = mult.length - 1; level >= 0; level -= 1) {
      for (let k = 0; k <= config.num_res_blocks; k += 1) {
        const name = `output_blocks.${block}`
        h = this.block([h, skips.pop()!], (v, skip) =>
          this.residual(concat([v, skip], 1), `${name}.0`, widths[level]!),
        )
        let layer = 1
        if (attended.includes(factor)) {
          h = this.block([h], (v) => this.attention(v, `${name}.1`))
          layer = 2
        }
        if (level > 0 && k === config.num_res_blocks) {
          h = this.block([h], (v) => this.up(v, `${name}.${layer}`))
          factor /= 2
        }
        block += 1
      }
    }

    return x.graph.exactly(() => this.last(silu(this.norm(h, 'out.0'))))
  }

  private block(inputs: Value[], build: (...inputs: Value[]) => Value): Value {
    return this.recompute ? recomputed(inputs, build) : build(...inputs)
  }

  private channels(x: Value): number {
    return x.shape[1] as number
  }

  private conv(x: Value, name: string, outs: number, { kernel = 3, stride = 1 } = {}): Value {
    const [weight, bias] = this.stored.layer(name, [outs, this.channels(x), kernel, kernel])

    return conv(x, weight, bias, { pad: (kernel - 1) / 2, stride })
  }

  private norm(x: Value, name: string): Value {
    const { norm_groups: groups } = this.config
    const channels = this.channels(x)
    if (channels % groups !== 0)
      this.stored.fail(`norm_groups ${groups} does not divide ${channels} channels.`)

    return groupNorm(x, groups, ...this.stored.layer(name, [channels]))
  }

  private residual(x: Value, name: string, outs: number, resample: (v: Value) => Value = (v) => v): Value {
    const { stored, config } = this
    const ins = this.channels(x)
    const h = this.conv(resample(silu(this.norm(x, `${name}.in_layers.0`))), `${name}.in_layers.2`, outs)
    const parts = config.use_scale_shift_norm ? 2 : 1
    const timed = x.graph.exactly(() => {
      const layer = stored.layer(`${name}.emb_layers.1`, [parts * outs, 4 * config.num_channels])

      return this.modulated(h, linear(this.emb, ...layer), `${name}.out_layers.0`)
    })
    const out = this.conv(silu(timed), `${name}.out_layers.3`, outs)
    const skip = resample(x)

    return add(ins === outs ? skip : this.conv(skip, `${name}.skip_connection`, outs, { kernel: 1 }), out)
  }

  /** The second norm of a residual block with the time in it: norm(h)·(1 + scale) + shift, or norm(h + e). */
  private modulated(h: Value, emb: Value, name: string): Value {
    const channels = this.channels(h)
    if (!this.config.use_scale_shift_norm)
      return this.norm(add(h, reshape(emb, [h.shape[0]!, channels, 1, 1])), name)
    const [scale, shift] = split(emb, 1, 2) as [Value, Value]
    const [weight, bias] = this.stored.layer(name, [channels])
    const gain = add(scale, 1)

    return groupNorm(h, this.config.norm_groups, mul(weight, gain), add(mul(bias, gain), shift))
  }

  private down(x: Value, name: string): Value {
    const channels = this.channels(x)
    if (this.config.resblock_updown) return this.residual(x, name, channels, (v) => averagePool(v, 2))

    return this.conv(x, `${name}.op`, channels, { stride: 2 })
  }

  private up(x: Value, name: string): Value {
    const channels = this.channels(x)
    if (this.config.resblock_updown) return this.residual(x, name, channels, (v) => upsampleNearest(v, 2))

    return this.conv(upsampleNearest(x, 2), `${name}.conv`, channels)
  }

  /** Self-attention over pixels. In the legacy order the 3·C channels are grouped by head, then by q, k, v. */
  private attention(x: Value, name: string): Value {
    const { stored, config } = this
    const channels = this.channels(x)
    const [n, , height, width] = x.shape as [Dim, number, number, number]
    const pixels = height * width
    const heads = config.num_head_channels > 0 ? channels / config.num_head_channels : config.num_heads
    if (!Number.isInteger(heads) || channels % heads !== 0)
      stored.fail(`${channels} channels cannot be shared out among attention heads.`)
    const each = channels / heads

    const [weight, bias] = stored.layer(`${name}.qkv`, [3 * channels, channels, 1])
    const stacked = conv(this.norm(x, `${name}.norm`), reshape(weight, [3 * channels, channels, 1, 1]), bias)
    const [q, k, v] = (
      config.use_new_attention_order
        ? split(reshape(stacked, [n, 3 * heads, each, pixels]), 1, 3)
        : split(reshape(stacked, [product([n, heads]), 3 * each, pixels]), 1, 3)
    ).map((part) => reshape(part, [product([n, heads]), each, pixels]))
    const scores = matmul(transpose(mul(q!, each ** -0.5), [0, 2, 1]), k!)
    const mixed = matmul(v!, transpose(softmax(scores), [0, 2, 1]))

    const [projection, offset] = stored.layer(`${name}.proj_out`, [channels, channels, 1])
    const out = conv(reshape(mixed, [...x.shape]), reshape(projection, [channels, channels, 1, 1]), offset)

    return add(x, out)
  }

  /** The last convolution, cut down to the three channels that samplers without learned variance use. */
  private last(h: Value): Value {
    const outs = this.config.learn_sigma ? 6 : 3
    const [weight, bias] = this.stored.layer('out.2', [outs, this.channels(h), 3, 3])

    return conv(h, slice(weight, 0, 0, 3), slice(bias, 0, 0, 3), { pad: 1 })
  }
}
