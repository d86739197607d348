import {
  add,
  gelu,
  layerNorm,
  linear,
  matmul,
  mul,
  quickGelu,
  reshape,
  slice,
  softmax,
  split,
  transpose,
  type Value,
} from '../graph/index.ts'
import type { Stored } from './stored.ts'

export type Activation = 'quick_gelu' | 'gelu'

/** Width of one attention head in every CLIP. */
export const headWidth = 64

/**
 * CLIP's pre-norm transformer on tokens [n, length, width], its blocks counted from the file. With `firstOnly` it gives
 * the first token alone, [n, 1, width], and the last block does no work for the others.
 */
export function transformer(
  x: Value,
  options: { stored: Stored; prefix: string; activation: Activation; mask?: Value; firstOnly?: boolean },
): Value {
  const { stored, prefix, activation, mask, firstOnly } = options
  const width = x.shape[2] as number
  const act = activation === 'gelu' ? gelu : quickGelu
  const blocks = stored.count(new RegExp(`^${prefix.replaceAll('.', '\\.')}resblocks\\.(\\d+)\\.`))
  if (blocks === 0) stored.fail(`no tensors "${prefix}resblocks.0.…" are in it.`)

  let h = x
  for (let k = 0; k < blocks; k += 1) {
    const name = `${prefix}resblocks.${k}`
    const normal = layerNorm(h, ...stored.layer(`${name}.ln_1`, [width]))
    const asks = firstOnly && k === blocks - 1 ? first : (v: Value) => v
    h = add(asks(h), attention(normal, asks(normal), stored, `${name}.attn`, mask))
    const inner = linear(
      layerNorm(h, ...stored.layer(`${name}.ln_2`, [width])),
      ...stored.layer(`${name}.mlp.c_fc`, [4 * width, width]),
    )
    h = add(h, linear(act(inner), ...stored.layer(`${name}.mlp.c_proj`, [width, 4 * width])))
  }

  return h
}

const first = (x: Value): Value => slice(x, 1, 0, 1)

/** What tokens `asking` [n, some, width] find in tokens x [n, length, width]. */
function attention(x: Value, asking: Value, stored: Stored, name: string, mask?: Value): Value {
  const [n, length, width] = asking.shape as [number, number, number]
  const heads = headsOf(width, stored)
  const weight = stored.get(`${name}.in_proj_weight`, [3 * width, width])
  const bias = stored.get(`${name}.in_proj_bias`, [3 * width])
  const part = (from: number, to: number) =>
    [slice(weight, 0, from * width, to * width), slice(bias, 0, from * width, to * width)] as const
  const parts =
    asking === x
      ? split(linear(x, weight, bias), 2, 3)
      : [linear(asking, ...part(0, 1)), ...split(linear(x, ...part(1, 3)), 2, 2)]
  const [q, k, v] = parts.map((each) =>
    transpose(reshape(each, [n, each.shape[1]!, heads, headWidth]), [0, 2, 1, 3]),
  ) as [Value, Value, Value]
  const scores = matmul(mul(q, headWidth ** -0.5), transpose(k, [0, 1, 3, 2]))
  const mixed = matmul(softmax(mask ? add(scores, mask) : scores), v)
  const joined = reshape(transpose(mixed, [0, 2, 1, 3]), [n, length, width])

  return linear(joined, ...stored.layer(`${name}.out_proj`, [width, width]))
}

export function headsOf(width: number, stored: Stored): number {
  if (width % headWidth !== 0)
    stored.fail(`a width of ${width} is no multiple of ${headWidth}, the width of a head.`)

  return width / headWidth
}
