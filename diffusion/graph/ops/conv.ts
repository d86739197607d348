import { TeststripError } from '#study'
import type { Value } from '../graph.ts'
import { known } from '../shape.ts'
import { reverse, transpose } from './layout.ts'
import { meanOf, winograd, winogradPays } from './winograd.ts'

export interface ConvOptions {
  stride?: number
  pad?: number
}

function attributes(kernel: number, { stride = 1, pad = 0 }: ConvOptions) {
  return {
    kernel_shape: { ints: [kernel, kernel] },
    strides: { ints: [stride, stride] },
    pads: { ints: [pad, pad, pad, pad] },
  }
}

/** x [n, in, h, w], weight [out, in, k, k], bias [out]. Differentiated by x only: weights are frozen. */
export function conv(x: Value, weight: Value, bias: Value | undefined, options: ConvOptions = {}): Value {
  const { stride = 1, pad = 0 } = options
  const [n, , h, w] = x.shape
  const [outs, ins, kernel] = weight.shape.map(known) as [number, number, number]
  if (x.shape[1] !== ins)
    throw new TeststripError('internal', `a convolution of ${ins} channels cannot take ${x.shape[1]}`)
  const side = (length: number) => Math.floor((length + 2 * pad - kernel) / stride) + 1
  const shape = [n!, outs, side(known(h)), side(known(w))]
  // Beside a large picture (or many), a second form of the weights costs little memory and saves much time. The deep
  // layers of a UNet hold most of its weights and do the least work.
  const large = n !== 1 || 4 * meanOf(ins, outs) <= known(h) * known(w)
  const tiled =
    x.graph.lowering.winograd && large && kernel === 3 && stride === 1 && pad === 1 && winogradPays(x, outs)
  const y = tiled
    ? x.graph.untaped(() => winograd(x, weight, bias))
    : x.graph.node('Conv', bias ? [x, weight, bias] : [x, weight], {
        shape,
        attributes: attributes(kernel, options),
      })

  const byInput = (g: Value): Value => {
    if (tiled) return winograd(g, weight, undefined, { transposed: true })
    const flip = x.graph.lowering.convBackward === 'flip' && stride === 1 && (large || kernel === 1)

    return flip ? convByFlipped(g, weight, kernel - 1 - pad) : convTransposed(g, weight, x, options)
  }

  return x.graph.differentiable([x, weight, ...(bias ? [bias] : [])], y, [byInput, null, null])
}

/** The input gradient of a stride-1 convolution as a convolution, which CPUs run with their fastest kernels. */
function convByFlipped(g: Value, weight: Value, pad: number): Value {
  const swapped = transpose(weight, [1, 0, 2, 3])

  return conv(g, weight.shape[2] === 1 ? swapped : reverse(swapped, [2, 3]), undefined, { pad })
}

/** The input gradient of any convolution; output_padding restores sizes that the stride did not divide. */
function convTransposed(g: Value, weight: Value, x: Value, options: ConvOptions): Value {
  const { stride = 1, pad = 0 } = options
  const kernel = known(weight.shape[2])
  const lost = [2, 3].map(
    (axis) => known(x.shape[axis]) - ((known(g.shape[axis]) - 1) * stride - 2 * pad + kernel),
  )

  return x.graph.op(
    'ConvTranspose',
    [g, weight],
    { shape: x.shape, attributes: { ...attributes(kernel, options), output_padding: { ints: lost } } },
    [(gg) => conv(gg, weight, undefined, options), null],
  )
}
