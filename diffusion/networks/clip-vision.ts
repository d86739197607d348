import {
  add,
  averagePool,
  concat,
  conv,
  div,
  type Graph,
  layerNorm,
  linear,
  matmul,
  mul,
  pad,
  reduceMean,
  relu,
  reshape,
  slice,
  softmax,
  sqrt,
  sub,
  transpose,
  type Value,
} from '../graph/index.ts'
import type { TensorFile } from '../weights/index.ts'
import { Stored } from './stored.ts'
import { type Activation, headsOf, headWidth, transformer } from './transformer.ts'

export interface ClipSizes {
  resolution: number
  embed: number
  contextLength: number
  /** Rows of the token table. */
  vocabulary: number
}

/** Sizes of a CLIP as its tensors have them. */
export function clipSizes(file: TensorFile, graph: Graph): ClipSizes {
  const stored = new Stored(file, graph)
  const [, embed] = stored.shape('text_projection', 2)
  const [contextLength] = stored.shape('positional_embedding', 2)
  const [vocabulary] = stored.shape('token_embedding.weight', 2)
  const vit = stored.has('visual.proj')
  const unit = vit ? stored.shape('visual.conv1.weight', 4)[3]! : 32
  const rows = stored.shape(
    vit ? 'visual.positional_embedding' : 'visual.attnpool.positional_embedding',
    2,
  )[0]!
  const grid = Math.sqrt(rows - 1)
  if (!Number.isInteger(grid) || grid < 1) stored.fail(`${rows} positions are not one more than a square.`)

  return { resolution: unit * grid, embed: embed!, contextLength: contextLength!, vocabulary: vocabulary! }
}

/** Embeddings [k, embed] of normalised cuts [k, 3, r, r]: a vision transformer or a ModifiedResNet, as the file has. */
export function clipVision(cuts: Value, file: TensorFile, activation: Activation): Value {
  const stored = new Stored(file, cuts.graph)

  return stored.has('visual.proj')
    ? visionTransformer(cuts, stored, activation)
    : modifiedResNet(cuts, stored)
}

function visionTransformer(cuts: Value, stored: Stored, activation: Activation): Value {
  const [n] = cuts.shape
  const side = cuts.shape[3] as number
  const [width, , , patch] = stored.shape('visual.conv1.weight', 4) as [number, number, number, number]
  const grid = side / patch
  const inner = 3 * patch * patch

  // A convolution whose stride is its kernel is one matrix product over patches.
  const blocks = reshape(cuts, [n!, 3, grid, patch, grid, patch])
  const patches = reshape(transpose(blocks, [0, 2, 4, 1, 3, 5]), [n!, grid * grid, inner])
  const kernel = reshape(stored.get('visual.conv1.weight', [width, 3, patch, patch]), [width, inner])
  const embedded = linear(patches, kernel)

  // The class token: a row of zeros in front, and its embedding added with the positions.
  const position = stored.get('visual.positional_embedding', [grid * grid + 1, width])
  const token = reshape(stored.get('visual.class_embedding', [width]), [1, width])
  const table = add(position, pad(token, 0, 0, grid * grid))
  const tokens = add(pad(embedded, 1, 1, 0), table)

  const first = layerNorm(tokens, ...stored.layer('visual.ln_pre', [width]))
  const last = transformer(first, { stored, prefix: 'visual.transformer.', activation, firstOnly: true })
  const pooled = layerNorm(reshape(last, [n!, width]), ...stored.layer('visual.ln_post', [width]))
  const [, embed] = stored.shape('visual.proj', 2)

  return matmul(pooled, stored.get('visual.proj', [width, embed!]))
}

function modifiedResNet(cuts: Value, stored: Stored): Value {
  const width = stored.shape('visual.conv3.weight', 4)[0]!
  let h = convNorm(cuts, stored, ['visual.conv1', 'visual.bn1'], width / 2, { kernel: 3, stride: 2 })
  h = convNorm(relu(h), stored, ['visual.conv2', 'visual.bn2'], width / 2, { kernel: 3 })
  h = convNorm(relu(h), stored, ['visual.conv3', 'visual.bn3'], width, { kernel: 3 })
  h = averagePool(relu(h), 2)
  for (let layer = 1; layer <= 4; layer += 1) {
    const blocks = stored.count(new RegExp(`^visual\\.layer${layer}\\.(\\d+)\\.`))
    if (blocks === 0) stored.fail(`no tensors "visual.layer${layer}.0.…" are in it.`)
    for (let block = 0; block < blocks; block += 1) {
      const stride = layer > 1 && block === 0 ? 2 : 1
      h = bottleneck(h, stored, `visual.layer${layer}.${block}`, width * 2 ** (layer - 1), stride)
    }
  }

  return attentionPool(h, stored)
}

function bottleneck(x: Value, stored: Stored, name: string, planes: number, stride: number): Value {
  let h = convNorm(x, stored, [`${name}.conv1`, `${name}.bn1`], planes, { kernel: 1 })
  h = convNorm(relu(h), stored, [`${name}.conv2`, `${name}.bn2`], planes, { kernel: 3 })
  h = averagePool(relu(h), stride)
  h = convNorm(h, stored, [`${name}.conv3`, `${name}.bn3`], 4 * planes, { kernel: 1 })
  if (stride === 1 && x.shape[1] === 4 * planes) return relu(add(x, h))
  const skip = averagePool(x, stride)
  const names: [string, string] = [`${name}.downsample.0`, `${name}.downsample.1`]

  return relu(add(convNorm(skip, stored, names, 4 * planes, { kernel: 1 }), h))
}

/** A convolution and the batch normalisation behind it, folded into one. */
function convNorm(
  x: Value,
  stored: Stored,
  [convolution, norm]: [string, string],
  outs: number,
  { kernel, stride = 1 }: { kernel: number; stride?: number },
): Value {
  const weight = stored.get(`${convolution}.weight`, [outs, x.shape[1] as number, kernel, kernel])
  const [gain, bias] = stored.layer(norm, [outs])
  const mean = stored.get(`${norm}.running_mean`, [outs])
  const variance = stored.get(`${norm}.running_var`, [outs])
  const scale = div(gain, sqrt(add(variance, 1e-5)))
  const folded = mul(weight, reshape(scale, [outs, 1, 1, 1]))

  return conv(x, folded, sub(bias, mul(mean, scale)), { stride, pad: (kernel - 1) / 2 })
}

/**
 * Multi-head attention with one query, the mean of all pixels. It alone is projected, by its own matrix and by that of
 * the keys, and of the values only what is attended to: q·(K t) = (Kᵀ q)·t and Σ a·(V t) = V Σ a·t, at a fiftieth of
 * the work. The keys' bias adds the same to all scores, so it changes nothing.
 */
function attentionPool(x: Value, stored: Stored): Value {
  const [n, channels, height, width] = x.shape as [number, number, number, number]
  const length = height * width
  const name = 'visual.attnpool'
  const heads = headsOf(channels, stored)
  const pixels = transpose(reshape(x, [n, channels, length]), [0, 2, 1])
  const position = stored.get(`${name}.positional_embedding`, [length + 1, channels])
  const tokens = add(concat([reduceMean(pixels, [1]), pixels], 1), position)

  const [query, keys, values] = ['q_proj', 'k_proj', 'v_proj'].map((part) =>
    stored.layer(`${name}.${part}`, [channels, channels]),
  ) as [Layer, Layer, Layer]
  const perHead = (matrix: Value) => reshape(matrix, [heads, headWidth, channels])
  const q = mul(linear(reshape(slice(tokens, 1, 0, 1), [n, channels]), ...query), headWidth ** -0.5)
  // [heads, n, channels]
  const asked = matmul(transpose(reshape(q, [n, heads, headWidth]), [1, 0, 2]), perHead(keys[0]))
  const scores = matmul(transpose(asked, [1, 0, 2]), transpose(tokens, [0, 2, 1]))
  const found = transpose(matmul(softmax(scores), tokens), [1, 2, 0])
  const mixed = transpose(matmul(perHead(values[0]), found), [2, 0, 1])
  const attended = add(reshape(mixed, [n, channels]), values[1])
  const embed = stored.shape(`${name}.c_proj.weight`, 2)[0]!

  return linear(attended, ...stored.layer(`${name}.c_proj`, [embed, channels]))
}

type Layer = [weight: Value, bias: Value]
