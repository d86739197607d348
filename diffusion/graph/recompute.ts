import type { Value } from './graph.ts'
import { add, mul } from './ops/elementwise.ts'
import { reshape } from './ops/layout.ts'
import { product } from './shape.ts'
import { vjp } from './vjp.ts'

/**
 * A part of a network whose inner activations are not kept for the way back but computed again there, from its inputs
 * alone (gradient checkpointing, Chen et al. 2016). The second computation is made to wait for the cotangent, by
 * adding nothing of it to the inputs: ONNX Runtime would otherwise merge the two, or do both at once.
 */
export function recomputed(inputs: readonly Value[], build: (...inputs: Value[]) => Value): Value {
  const { graph } = inputs[0]!
  const output = graph.untaped(() => build(...inputs))
  let known: { g: Value; gradients: Value[] } | null = null

  const back = (g: Value): Value[] => {
    if (known?.g === g) return known.gradients
    const nothing = mul(first(g), 0)
    const late = inputs.map((input) => add(input, nothing))
    const gradients = graph.tapedAside(() => vjp({ outputs: [build(...late)], cotangents: [g], wrt: late }))
    known = { g, gradients }

    return gradients
  }

  return graph.differentiable(
    inputs,
    output,
    inputs.map((_, k) => (g) => back(g)[k]!),
  )
}

/** The first number of a tensor, [1]. */
function first(g: Value): Value {
  const { graph } = g
  const flat = reshape(g, [product(g.shape)])
  const [zero, one] = [graph.ints([0]), graph.ints([1])]

  return graph.node('Slice', [flat, zero, one, zero], { shape: [1] })
}
